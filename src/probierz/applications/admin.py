from django.contrib import admin

from probierz.applications.models import Application, ApplicationFile, CompletionRequest


class FilesInline(admin.TabularInline):
    model = ApplicationFile
    extra = 0
    can_delete = False
    readonly_fields = ["name", "kind", "content_type", "size", "sha256", "uploaded_at", "replaced_at"]
    exclude = ["file", "signatures", "uploaded_by", "form_digest"]

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):
    list_display = ["number", "institution", "edition", "category", "state", "submitted_at"]
    list_filter = ["state", "edition"]
    search_fields = ["number", "institution__search_text"]
    raw_id_fields = ["institution", "unit", "created_by"]
    readonly_fields = ["number", "sequence", "answers", "answer_revisions", "declarations", "revision", "submitted_at"]
    inlines = [FilesInline]


@admin.register(CompletionRequest)
class CompletionRequestAdmin(admin.ModelAdmin):
    list_display = ["application", "issued_at", "due_at", "answered_at"]
    raw_id_fields = ["application", "issued_by"]
