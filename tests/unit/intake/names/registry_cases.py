"""A small made-up registry, with the traps of the real one: shared acronyms, generic names, namesakes."""

import polars as pl

TEXT = pl.String

ORGANISATIONS = pl.DataFrame(
    [
        # org_id, name, native_name, acronym, country, side, level
        ("kaz-fed", "Federation of Trade Unions of the Republic of Kazakhstan", None, "FTRK", "KAZ", "workers", "peak"),
        ("kaz-oil", "Oil Workers' Union Munaishy", None, None, "KAZ", "workers", "sectoral"),
        ("kaz-company", "Altyn Kum LLP", None, None, "KAZ", "employers", "enterprise"),
        ("kaz-gov", "Government of the Republic of Kazakhstan", None, None, "KAZ", "government", "peak"),
        ("kgz-fed", "Federation of Trade Unions of Kyrgyzstan",
         "Кыргызстан кесиптик бирликтер федерациясы", None, "KGZ", "workers", "peak"),
        ("aze-conf", "Azerbaijan Trade Unions Confederation",
         "Azərbaycan Həmkarlar İttifaqları Konfederasiyası", "AHİK", "AZE", "workers", "peak"),
        ("aze-mol", "Ministry of Labour and Social Protection", None, None, "AZE", "government", "peak"),
        ("aze-gov", "Government of Azerbaijan", None, None, "AZE", "government", "peak"),
        ("aze-league", "Free Work League", None, None, "AZE", "civil_society", "peak"),
        ("arm-conf", "Confederation of Trade Unions of Armenia", None, "CTUA", "ARM", "workers", "peak"),
        ("tur-conf", "Türkiye Emek Sendikaları Konfederasyonu", None, "TEM-İŞ", "TUR", "workers", "peak"),
        ("tur-metal", "Turkish Metal Union", "Türk Maden-Metal", None, "TUR", "workers", "sectoral"),
        ("tur-paper", "Öz Kağıt-İş Sendikası", None, None, "TUR", "workers", "sectoral"),
        ("tur-paper-b", "Kağıt Sen", None, "KSB", "TUR", "workers", "sectoral"),
        ("tur-paper-c", "Kalem Sen", None, "KSB", "TUR", "workers", "sectoral"),
        ("int-labour", "World Labour Office", None, "WLO", None, "ilo", "international"),
    ],
    schema=dict.fromkeys(("org_id", "name", "native_name", "acronym", "country", "side", "level"), TEXT),
    orient="row",
)  # fmt: skip

ORGANISATION_NAMES = pl.DataFrame(
    [
        ("kaz-fed", "FTUK", "acronym"),
        ("kgz-fed", "FTUK", "acronym"),
        ("kgz-fed", "ФПК", "acronym"),
        ("kgz-fed", "Федерация профсоюзов Кыргызстана", "alias"),
        ("aze-conf", "CTUA", "acronym"),
        ("arm-conf", "ProfileContext", "damaged"),
        ("kaz-company", "Алтын Кум", "alias"),
        ("tur-conf", "Tem-İş", "alias"),
    ],
    schema=dict.fromkeys(("org_id", "name", "kind"), TEXT),
    orient="row",
)

ACTOR = dict.fromkeys(("report_id", "name", "acronym", "country", "side", "role"), TEXT)


def actors(*rows):
    """Return actor rows of (report, name, country) or (report, name, country, side) or (..., acronym)."""
    filled = [(*row, *(None,) * (5 - len(row))) for row in rows]
    return pl.DataFrame(
        [(report, name, acronym, country, side, "participant") for report, name, country, side, acronym in filled],
        schema=ACTOR,
        orient="row",
    )


REGISTRY = {"organisations": ORGANISATIONS, "organisation_names": ORGANISATION_NAMES}

DECISION = dict.fromkeys(("name", "country", "context", "means"), TEXT)


def decided(*rows):
    """Return decisions of (name, country, context, means)."""
    return pl.DataFrame(rows, schema=DECISION, orient="row")
