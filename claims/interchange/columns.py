"""The columns, in the order in which they are written."""

# What is read of a claim. `id` is the file's own: sources point to it.
READ = (
    "id", "text", "claimant", "named_publicly", "claimed_on", "topics", "kind", "modality", "importance", "due_on",
)  # fmt: skip

# What is written of a claim, inside the desk.
CLAIM = (*READ, "status", "origin", "score", "created_at", "url", "rating", "summary", "published_at")

SOURCE = (
    "title", "publisher", "url", "no_url_reason", "kind", "locator", "quote", "translation", "interest",
    "independence_group", "retrieved_on",
)  # fmt: skip
SOURCES = ("claim", *SOURCE)

# What readers can see.
PUBLISHED = ("url", "text", "claimant", "claimed_on", "topics", "rating", "summary", "published_at")
