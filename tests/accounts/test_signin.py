import pytest

from probierz.accounts import signin


@pytest.mark.parametrize("form", [signin.SignInForm, signin.CodeForm, signin.ForgottenPasswordForm])
def test_labels_are_not_said_twice(rf, form):
    options = {"request": rf.get("/")} if form is signin.SignInForm else {}
    fields = form(**options).fields.values()
    assert [field.widget.attrs.get("placeholder") for field in fields] == [None] * len(fields)


def test_the_password_has_no_hint_in_another_voice(rf):
    assert signin.SignInForm(request=rf.get("/")).fields["password"].help_text == ""
