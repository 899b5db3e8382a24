from django.contrib import admin

from probierz.accounts.models import Invitation, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "name", "language", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["last_login", "date_joined"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["email", "role", "scope_name", "created_at", "expires_at", "accepted_at", "revoked_at"]
    list_filter = ["role"]
    search_fields = ["email", "scope_name"]
    exclude = ["token_digest"]
    readonly_fields = ["email", "role", "scope_key", "scope_name", "details", "invited_by", "created_at"]
    raw_id_fields = ["accepted_by"]

    def has_add_permission(self, request: object) -> bool:
        return False
