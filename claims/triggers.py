"""Migration operations for the versions of readers' pages (docs/machines.md)."""

from django.db import migrations

FUNCTIONS = """
-- What the pages of these claims show has changed. What is merged counts with its winner; a candidate has no page, and
-- what is on its way to one is counted already, so that nothing is missed that is stored while it is published.
CREATE FUNCTION claims_pages_changed(given bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO claims_pagechange (page)
    SELECT DISTINCT counted.id FROM claims_claim claim
    JOIN claims_claim counted ON counted.id = coalesce(claim.merged_into_id, claim.id)
    WHERE claim.id = ANY(given) AND counted.status NOT IN ('detected', 'declined')
$$;

-- What other pages say of these claims has changed: those of the claims they are part of, of their parts, and of what
-- they are like; and all lists.
CREATE FUNCTION claims_mentions_changed(given bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    members bigint[] := given || ARRAY(SELECT id FROM claims_claim WHERE merged_into_id = ANY(given));
BEGIN
    PERFORM claims_pages_changed(given
        || ARRAY(SELECT id FROM claims_claim WHERE part_of_id = ANY(members))
        || ARRAY(SELECT part_of_id FROM claims_claim WHERE id = ANY(members))
        || ARRAY(SELECT high_id FROM claims_claimmatch WHERE low_id = ANY(members))
        || ARRAY(SELECT low_id FROM claims_claimmatch WHERE high_id = ANY(members)));
    INSERT INTO claims_pagechange (page) SELECT -1
    WHERE EXISTS (SELECT FROM claims_claim WHERE id = ANY(given) AND status NOT IN ('detected', 'declined'));
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION claims_mentions_changed(bigint[]);
DROP FUNCTION claims_pages_changed(bigint[]);
"""
ANY_CHANGE = "INSERT OR UPDATE OR DELETE"


def create_functions() -> migrations.RunSQL:
    """The functions that the operations below build on."""
    return migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS)


def changes_pages(
    table: str, claims: str, *, on: str = ANY_CHANGE, when: str = "true", mentions: bool = False
) -> migrations.RunSQL:
    """`on` a change of a row of `table` the pages of `claims` change: a query for their ids, that may use OLD and NEW.

    mentions: so do lists, and the pages of other claims that mention these.
    """
    function = "claims_mentions_changed" if mentions else "claims_pages_changed"
    return _follow(table, f"PERFORM {function}(ARRAY({claims}));", on=on, when=when)


def changes_every_page(table: str, *, on: str = ANY_CHANGE, when: str = "true") -> migrations.RunSQL:
    """`on` a change of a row of `table` every page changes: for what people change once in a while."""
    return _follow(table, "INSERT INTO claims_pagechange (page) VALUES (0);", on=on, when=when)


def _follow(table: str, do: str, *, on: str, when: str) -> migrations.RunSQL:
    name = f"{table}_changes_pages"
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {do} RETURN NULL; END $$; "
        f"CREATE TRIGGER {name} AFTER {on} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()",
    )
