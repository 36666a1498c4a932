"""Names by which people know a delegation besides those that the United Nations uses."""

from __future__ import annotations

COMMON_NAMES = {
    "ARE": ("UAE", "Emirates"),
    "BOL": ("Bolivia",),
    "BRN": ("Brunei",),
    "CHN": ("PRC", "People’s Republic of China"),
    "CIV": ("Ivory Coast",),
    "COD": ("DRC", "DR Congo", "RDC"),
    "COG": ("Congo Brazzaville", "Republic of the Congo"),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "FSM": ("Micronesia",),
    "GBR": ("UK", "U.K.", "Britain", "Great Britain", "Royaume-Uni", "Reino Unido"),
    "IRN": ("Iran",),
    "KOR": ("ROK", "South Korea", "Corée du Sud"),
    "LAO": ("Laos",),
    "MDA": ("Moldova",),
    "MKD": ("Macedonia",),
    "MMR": ("Burma",),
    "NLD": ("Netherlands", "Holland"),
    "PRK": ("DPRK", "North Korea", "Corée du Nord"),
    "PSE": ("Palestine",),
    "RUS": ("Russia", "Russie", "Rusia"),
    "SWZ": ("Swaziland",),
    "SYR": ("Syria",),
    "TLS": ("East Timor",),
    "TUR": ("Turkey",),
    "TZA": ("Tanzania",),
    "USA": ("US", "U.S.", "United States", "États-Unis", "EE. UU.", "Estados Unidos"),
    "VAT": ("Vatican",),
    "VEN": ("Venezuela",),
    "VNM": ("Vietnam",),
}
"""By the code of the delegation. A name that a delegation of the database has is never read as that
of another."""
