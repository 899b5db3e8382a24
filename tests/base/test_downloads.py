from probierz.base.downloads import as_download


def test_a_file_leaves_as_a_download_that_a_browser_will_not_run():
    response = as_download(b"x", name='Zgłoszenie "próbne".pdf', content_type="application/pdf")
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Zg_oszenie _pr_bne_.pdf\"; filename*=UTF-8''Zg%C5%82oszenie%20%22pr%C3%B3bne%22.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_only_photos_may_be_shown_in_place():
    assert (
        as_download(b"x", name="a.jpg", content_type="image/jpeg", inline=True)["Content-Disposition"][:6] == "inline"
    )
    kind = as_download(b"x", name="a.html", content_type="text/html", inline=True)["Content-Disposition"]
    assert kind[:10] == "attachment"
