"""The protocol of a published edition, for anybody who wants to count again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from assay.protocol import canonical
from probierz.base.downloads import as_download
from probierz.results import queries


@require_safe
def protocol(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    publication = queries.public_publication(programme, edition)
    if publication is None:
        raise Http404
    calculation = publication.calculation
    tag = f'"{calculation.protocol_digest}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    content = canonical(calculation.protocol)
    response = as_download(content, name=f"protokol-{programme}-{edition}.json", content_type="application/json")
    response["ETag"] = tag
    return response
