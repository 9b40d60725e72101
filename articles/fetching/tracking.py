"""Parameters that say where a reader came from, and never which page it is.

courlan's cleaner was tried and is not used: it also drops `cid`, `eid`, `uid`, `source`, `session`, `keyword` and
`medium`, which are page numbers on real sites; it turns `//` into `/`, which breaks web.archive.org; it sorts and
re-encodes the rest. Listed here are only names that belong to one company's or one tool's links, so that no site has a
reason to name its pages by them; `ref`, `source` and the like stay.
"""

PREFIXES = ("utm_", "mtm_", "itm_", "ns_", "at_campaign", "at_medium", "at_custom", "fb_action_", "guce_", "hsa_",
            "matomo_", "piwik_", "pk_", "__hs", "_hs", "oly_", "vero_")  # fmt: skip
NAMES = frozenset({
    "_ga", "_gl", "_openstat", "cmpid", "dclid", "epik", "fb_ref", "fb_source", "fbclid", "gad_campaignid",
    "gad_source", "gbraid", "gclid", "gclsrc", "guccounter", "hsctatracking", "ictd", "igsh", "igshid",
    "li_fat_id", "mc_cid", "mc_eid", "mibextid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "msclkid",
    "ncid", "ocid", "rb_clickid", "ref_src", "ref_url", "s_cid", "sfnsn", "smid", "srsltid", "ttclid", "twclid",
    "wbraid", "wickedid", "wt.mc_id", "wt_mc", "xtor", "yclid", "ysclid",
})  # fmt: skip


def is_tracking(name: str) -> bool:
    """Say whether a query parameter of this name can be left off without changing the page."""
    lowered = name.lower()
    return lowered in NAMES or lowered.startswith(PREFIXES)
