import pytest

from factories_institutions import RepresentativeFactory
from probierz.base.models import OutgoingMail
from probierz.institutions import mail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_active", "subject"), [(True, "Dostęp przyznany: Gmina „A” & B"), (False, "Dostęp nieprzyznany: Gmina „A” & B")]
)
def test_a_decision_is_told_to_the_person(is_active, subject):
    representative = RepresentativeFactory(is_active=is_active, institution__name="Gmina „A” & B")
    mail.send_decision(representative)
    message = OutgoingMail.objects.get()
    assert (message.to, message.subject) == (representative.user.email, subject)


@pytest.mark.django_db
def test_nobody_is_warned_where_there_is_no_address():
    mail.send_request_notice(RepresentativeFactory(is_active=False, institution__email=""))
    assert OutgoingMail.objects.count() == 0
