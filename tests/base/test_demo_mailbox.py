from django.core.mail import EmailMessage, get_connection


def test_the_demo_mailbox_keeps_mail_on_this_machine():
    connection = get_connection("probierz.base.demo_mailbox.EmailBackend")
    assert connection.send_messages([EmailMessage("t", "b", to=["a@b.example"])]) == 1
