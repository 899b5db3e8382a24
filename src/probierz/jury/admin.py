from django.contrib import admin

from probierz.jury.models import AllocationPlan, Assignment, Conflict, Declaration, Juror


@admin.register(Juror)
class JurorAdmin(admin.ModelAdmin):
    list_display = ["pseudonym", "name", "programme", "kind", "state"]
    list_filter = ["programme", "state"]
    raw_id_fields = ["user"]


@admin.register(Conflict)
class ConflictAdmin(admin.ModelAdmin):
    list_display = ["juror", "institution", "source", "reason", "lifted_at"]
    list_filter = ["source", "reason"]
    raw_id_fields = ["juror", "institution"]


@admin.register(Declaration)
class DeclarationAdmin(admin.ModelAdmin):
    list_display = ["juror", "institution", "edition", "is_free_of_conflict", "declared_at"]
    raw_id_fields = ["juror", "institution", "edition"]


@admin.register(AllocationPlan)
class AllocationPlanAdmin(admin.ModelAdmin):
    list_display = ["edition", "state", "made_at", "published_at", "digest"]
    list_filter = ["state"]
    readonly_fields = ["seed", "parameters", "inputs", "outcome", "digest", "revision"]
    raw_id_fields = ["edition", "made_by"]


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin):
    list_display = ["key", "application", "juror", "channel", "state", "opens_at", "closes_at"]
    list_filter = ["state", "channel"]
    raw_id_fields = ["plan", "application", "juror", "scenario", "replaces"]
