from django.contrib import admin

from probierz.institutions.models import Contact, Institution, Representative, Territory, Unit


class UnitsInline(admin.TabularInline):
    model = Unit
    extra = 0


class ContactsInline(admin.TabularInline):
    model = Contact
    extra = 0


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "city", "voivodeship", "nip", "merged_into"]
    list_filter = ["kind", "voivodeship"]
    search_fields = ["search_text"]
    raw_id_fields = ["merged_into"]
    readonly_fields = ["key", "created_at"]
    inlines = [UnitsInline, ContactsInline]


@admin.register(Representative)
class RepresentativeAdmin(admin.ModelAdmin):
    list_display = ["user", "institution", "capacity", "is_active", "since", "decided_at"]
    list_filter = ["is_active"]
    raw_id_fields = ["user", "institution"]


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "kind", "valid_on"]
    list_filter = ["valid_on"]
    search_fields = ["code", "name"]
