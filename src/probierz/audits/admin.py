from django.contrib import admin

from probierz.audits.models import Audit, Evidence, Obstacle, Override


class OverridesInline(admin.TabularInline):
    model = Override
    extra = 0
    can_delete = False
    readonly_fields = ["item_key", "was", "now_is", "reason", "made_by", "made_at"]

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


class EvidenceInline(admin.TabularInline):
    model = Evidence
    extra = 0
    can_delete = False
    readonly_fields = ["item_key", "content_type", "size", "sha256", "added_at"]
    exclude = ["file", "client_key"]

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Audit)
class AuditAdmin(admin.ModelAdmin):
    list_display = ["key", "assignment", "state", "contact_at", "submitted_at", "flag_count"]
    list_filter = ["state"]
    raw_id_fields = ["assignment", "version", "decided_by"]
    readonly_fields = ["marks", "comments", "item_revisions", "revision", "flags", "flag_count", "filling_seconds"]
    inlines = [OverridesInline, EvidenceInline]


@admin.register(Obstacle)
class ObstacleAdmin(admin.ModelAdmin):
    list_display = ["assignment", "kind", "reported_at"]
    list_filter = ["kind"]
    raw_id_fields = ["assignment"]
