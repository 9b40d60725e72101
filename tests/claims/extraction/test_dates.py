"""The day of publication is Wednesday, 2 August 2023, where a case names no other."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.timing import least_seconds
from claims.extraction.dates import resolve_dates

WEDNESDAY = date(2023, 8, 2)

RELATIVE = [
    # days
    ("It rained yesterday.", "yesterday", "2023-08-01"),
    ("It rained today.", "today", "2023-08-02"),
    ("Rome votes tomorrow.", "tomorrow", "2023-08-03"),
    ("The shelling began last night.", "last night", "2023-08-01"),
    ("Three people died overnight.", "overnight", "2023-08-01/2023-08-02"),
    ("The council meets tonight.", "tonight", "2023-08-02"),
    ("The bridge fell this morning.", "this morning", "2023-08-02"),
    ("It closed the day before yesterday.", "the day before yesterday", "2023-07-31"),
    ("It opens the day after tomorrow.", "the day after tomorrow", "2023-08-04"),
    # weekdays
    ("It rained on Wednesday.", "Wednesday", "2023-08-02"),
    ("The mayor resigned on Tuesday.", "Tuesday", "2023-08-01"),
    ("The mayor resigned Friday.", "Friday", "2023-07-28"),
    ("Lee told reporters late Monday that he had won.", "Monday", "2023-07-31"),
    ("It rained last Thursday.", "last Thursday", "2023-07-27"),
    ("It rained last Wednesday.", "last Wednesday", "2023-07-26"),
    ("The court will rule on Friday.", "Friday", "2023-08-04"),
    ("The court is due to rule on Monday.", "Monday", "2023-08-07"),
    ("Peru said on Tuesday that it will close two ports.", "Tuesday", "2023-08-01"),
    ("Lee was shot on Sunday night.", "Sunday", "2023-07-30"),
    ("Ships collided on June 30 after a storm.", "June 30", "2023-06-30"),
    ("Rents rose, the bank announced Tuesday.", "Tuesday", "2023-08-01"),
    ("The plant will close next Tuesday.", "next Tuesday", "2023-08-08"),
    ("He was arrested this past Friday.", "this past Friday", "2023-07-28"),
    ("She will speak this coming Friday.", "this coming Friday", "2023-08-04"),
    ("The strike began on Tuesday last week.", "Tuesday last week", "2023-07-25"),
    ("It ended on Monday of this week.", "Monday of this week", "2023-07-31"),
    # the weekend
    ("Six people drowned over the weekend.", "the weekend", "2023-07-29/2023-07-30"),
    ("Six people drowned last weekend.", "last weekend", "2023-07-29/2023-07-30"),
    ("The team will play this weekend.", "this weekend", "2023-08-05/2023-08-06"),
    # weeks, months, years
    ("It rained last week.", "last week", "2023-07-24/2023-07-30"),
    ("Rome met Paris this week.", "this week", "2023-07-31/2023-08-06"),
    ("The summit is next week.", "next week", "2023-08-07/2023-08-13"),
    ("It rained last month.", "last month", "2023-07-01/2023-07-31"),
    ("Fares rise next month.", "next month", "2023-09-01/2023-09-30"),
    ("It will rain next year.", "next year", "2024-01-01/2024-12-31"),
    ("Exports grew 4% last year.", "last year", "2022-01-01/2022-12-31"),
    ("Exports will grow this year.", "this year", "2023-01-01/2023-12-31"),
    ("Two ports closed earlier this month.", "earlier this month", "2023-08-01/2023-08-02"),
    ("Two ports closed earlier this year.", "earlier this year", "2023-01-01/2023-08-02"),
    ("Two ports closed earlier this week.", "earlier this week", "2023-07-31/2023-08-02"),
    ("Two ports close later this year.", "later this year", "2023-08-02/2023-12-31"),
    ("So far this year, 300 ships have sunk.", "So far this year", "2023-01-01/2023-08-02"),
    ("Profits fell in the first half of last year.", "last year", "2022-01-01/2022-12-31"),
    # months and days of the month
    ("Lee resigned in May.", "May", "2023-05-01/2023-05-31"),
    ("Lee has been ill since March.", "March", "2023-03-01/2023-03-31"),
    ("Lee resigned in early September.", "September", "2022-09-01/2022-09-30"),
    ("Two ports closed in August.", "August", "2023-08-01/2023-08-31"),
    ("The law will take effect in October.", "October", "2023-10-01/2023-10-31"),
    ("The law will take effect in January.", "January", "2024-01-01/2024-01-31"),
    ("Lee was elected last October.", "last October", "2022-10-01/2022-10-31"),
    ("The law takes effect next May.", "next May", "2024-05-01/2024-05-31"),
    ("Prices fell this June.", "this June", "2023-06-01/2023-06-30"),
    ("The fire broke out on Jan. 5.", "Jan. 5", "2023-01-05"),
    ("The fire broke out on March 3.", "March 3", "2023-03-03"),
    ("The fire broke out on 3 March.", "3 March", "2023-03-03"),
    ("The fire broke out on December 24th.", "December 24th", "2022-12-24"),
    ("The vote will be held on Nov. 7.", "Nov. 7", "2023-11-07"),
    ("The vote will be held on the 4th of February.", "4th of February", "2024-02-04"),
    # so long ago, so long until now
    ("Lee died three days ago.", "three days ago", "2023-07-30"),
    ("Lee died two weeks ago.", "two weeks ago", "2023-07-17/2023-07-23"),
    ("Lee died a month ago.", "a month ago", "2023-07-01/2023-07-31"),
    ("Lee died two years ago.", "two years ago", "2021-01-01/2021-12-31"),
    ("Lee died 30 years ago.", "30 years ago", "1993-01-01/1993-12-31"),
    ("Wages have doubled over the last five years.", "the last five years", "2018-08-02/2023-08-02"),
    ("Wages have doubled in the past decade.", "the past decade", "2013-08-02/2023-08-02"),
    ("Wages rose in the past year.", "the past year", "2022-08-02/2023-08-02"),
    ("Wages rose in the past 12 months.", "the past 12 months", "2022-08-02/2023-08-02"),
    ("Ten people died in the last 24 hours.", "the last 24 hours", "2023-08-01/2023-08-02"),
    ("Rents will double over the next two decades.", "the next two decades", "2023-08-02/2043-08-02"),
    ("Sixty ships sank in the past three weeks.", "the past three weeks", "2023-07-12/2023-08-02"),
    # quarters and seasons
    ("Profits fell 4% in the second quarter.", "the second quarter", "2023-04-01/2023-06-30"),
    ("Profits fell 4% in the third quarter.", "the third quarter", "2022-07-01/2022-09-30"),
    ("Profits fell last quarter.", "last quarter", "2023-04-01/2023-06-30"),
    ("It rained a lot this summer.", "this summer", "2023-06-01/2023-08-31"),
    ("It rained a lot last summer.", "last summer", "2022-06-01/2022-08-31"),
    ("It rained a lot last autumn.", "last autumn", "2022-09-01/2022-11-30"),
    ("It snowed a lot last winter.", "last winter", "2022-12-01/2023-02-28"),
    ("Crime rose this century.", "this century", "2001-01-01/2100-12-31"),
]  # fmt: skip

ABSOLUTE = [
    ("Chile sold 20 ships in 2019.", "2019", "2019-01-01/2019-12-31"),
    ("Chile has had a king since 1818.", "1818", "1818-01-01/1818-12-31"),
    ("Chile aims to close all mines by 2040.", "2040", "2040-01-01/2040-12-31"),
    ("The war ended on May 8, 1945.", "May 8, 1945", "1945-05-08"),
    ("The war ended on 8 May 1945.", "8 May 1945", "1945-05-08"),
    ("The war ended on the 8th of May, 1945.", "8th of May, 1945", "1945-05-08"),
    ("The war ended on 1945-05-08.", "1945-05-08", "1945-05-08"),
    ("The war ended on Tuesday, May 8, 1945.", "Tuesday, May 8, 1945", "1945-05-08"),
    ("The war ended in May 1945.", "May 1945", "1945-05-01/1945-05-31"),
    ("Exports fell in Sept. 2019.", "Sept. 2019", "2019-09-01/2019-09-30"),
    ("Exports fell in the 1990s.", "the 1990s", "1990-01-01/1999-12-31"),
    ("Exports fell in the early 1990s.", "1990s", "1990-01-01/1999-12-31"),
    ("Exports fell between 2010 and 2015.", "between 2010 and 2015", "2010-01-01/2015-12-31"),
    ("Exports fell from 2010 to 2015.", "from 2010 to 2015", "2010-01-01/2015-12-31"),
    ("Exports fell in the third quarter of 2019.", "the third quarter of 2019", "2019-07-01/2019-09-30"),
    ("Exports fell in Q3 2019.", "Q3 2019", "2019-07-01/2019-09-30"),
    ("It rained in the summer of 2019.", "the summer of 2019", "2019-06-01/2019-08-31"),
    ("Lee lost the 2016 election.", "2016", "2016-01-01/2016-12-31"),
    ("Steam was used in the 19th century.", "the 19th century", "1801-01-01/1900-12-31"),
]  # fmt: skip

NOT_KNOWN = [
    # no dates at all
    "The mayor may resign.",
    "Theresa May resigned.",
    "In the speech, May said that taxes rose.",
    "The firm hired April Jones by June Brown’s advice.",
    "Thousands joined the march.",
    "The 2 p.m. march was banned.",
    "Police banned the 3 march routes.",
    "They march 20 miles a day.",
    "It took a second.",
    "He came second in the race.",
    "The Sunday Times reported losses.",
    "He wrote for the Mail on Sunday.",
    "Sales rose on Black Friday.",
    "Lee won on Super Tuesday.",
    "Wednesday Addams was played by Lee.",
    "The August body met.",
    "USA Today reported losses.",
    "He sat in the sun.",
    "The price fell to 2019 dollars.",
    "More than 2000 people died.",
    "He lives in 1500 square feet.",
    "The tax raised 2019 euros.",
    "The temple was built in 1200 BC.",
    "The fall in prices hurt farmers.",
    "This fall in prices hurt farmers.",
    "In fiscal 2019 sales fell.",
    # dates that only the rest of the text, or nothing, tells
    "He resigned earlier that week.",
    "He resigned the following day.",
    "He resigned two years earlier.",
    "He resigned that Tuesday.",
    "Exports were 4% higher than a year earlier.",
    "He works every Tuesday.",
    "Shops are closed on Sundays.",
    "He was born on a Tuesday.",
    "The firm opens on Tuesday.",
    "Tuesday’s vote will decide the race.",
    "Exports rose in recent years.",
    "Exports rose over the past few years.",
    "He died several years ago.",
    "He died more than two years ago.",
    "He died decades ago.",
    "It happened in the last two months of the war.",
    "It was the last year of the war.",
    "Lee scored 12 points in the third quarter.",
    "The Sept. 11 attacks killed 2,977 people.",
    "The Jan. 6 riot led to arrests.",
    "It rained last Monday.",
    "The court will rule next Friday.",
    "Lee was elected last May.",
    "In 1944 the allies landed in June.",
    "Lee met Roe from Monday to Friday.",
    "It was signed on 3/4/2019.",
    "He would resign on Friday.",
    "Lee will not give up, as lawyers argued over the case on Tuesday.",
    "It happened on Feb. 30.",
    "Since1July no ship sank.",
]

ELSEWHEN = [
    ("The team won over the weekend.", date(2023, 8, 6), "2023-08-05/2023-08-06"),
    ("The team won last weekend.", date(2023, 8, 6), "2023-07-29/2023-07-30"),
    ("The team won over the weekend.", date(2023, 8, 7), "2023-08-05/2023-08-06"),
    ("Lee resigned in December.", date(2023, 1, 4), "2022-12-01/2022-12-31"),
    ("Lee resigned on Dec. 30.", date(2023, 1, 4), "2022-12-30"),
    ("Lee resigned last month.", date(2023, 1, 31), "2022-12-01/2022-12-31"),
    ("It was closed a month ago.", date(2023, 3, 31), "2023-02-01/2023-02-28"),
    ("It was closed for the past month.", date(2023, 3, 31), "2023-02-28/2023-03-31"),
    ("Wages rose in the past four years.", date(2024, 2, 29), "2020-02-29/2024-02-29"),
    ("Wages rose in the past year.", date(2024, 2, 29), "2023-02-28/2024-02-29"),
    ("It snowed this winter.", date(2024, 1, 10), "2023-12-01/2024-02-29"),
    ("Profits fell last quarter.", date(2023, 1, 10), "2022-10-01/2022-12-31"),
    ("It rained on Feb. 29.", date(2024, 3, 4), "2024-02-29"),
    ("It rained on Monday.", date(2024, 1, 1), "2024-01-01"),
    ("It rained yesterday.", date(2024, 3, 1), "2024-02-29"),
    ("It rained last week.", date(2024, 1, 1), "2023-12-25/2023-12-31"),
]

NOT_KNOWN_THEN = [
    ("It rained a lot last summer.", date(2023, 10, 2)),
    ("It snowed a lot this winter.", date(2023, 8, 2)),
    ("It rained on Feb. 29.", date(2023, 3, 4)),
    ("Two ports will close next summer.", date(2023, 3, 4)),
    ("It rained yesterday and last year.", date.min),
    ("It will rain tomorrow, next week and next year.", date.max),
    ("Lee died 30 years ago.", date(20, 1, 1)),
]


# Written after the rules, on another day: Tuesday, 24 November 2026.
LATER = [
    ("The prime minister announced a new tax on Monday.", "2026-11-23"),
    ("Three people were injured in a crash late Sunday.", "2026-11-22"),
    ("The Fed raised rates by a quarter point in September.", "2026-09-01/2026-09-30"),
    ("Unemployment has fallen since January.", "2026-01-01/2026-01-31"),
    ("The company laid off 300 workers earlier this month.", "2026-11-01/2026-11-24"),
    ("GDP shrank 0.3% in the third quarter.", "2026-07-01/2026-09-30"),
    ("The hearing is scheduled for Thursday.", "2026-11-26"),
    ("The ban takes effect on Jan. 1.", ""),
    ("The ban will take effect Jan. 1.", "2027-01-01"),
    ("He was born on 4 July 1976.", "1976-07-04"),
    ("Sales peaked in the late 1980s.", "1980-01-01/1989-12-31"),
    ("Prices have tripled over the past 20 years.", "2006-11-24/2026-11-24"),
    ("The senator from Maine said May was wrong.", ""),
    ("Second, the plan costs too much.", ""),
    ("The Monday meeting was cancelled.", "2026-11-23"),
    ("The last three presidents signed it.", ""),
    ("She won the 2020 election by 7 million votes.", "2020-01-01/2020-12-31"),
    ("Crime rose 12% from 2019 to 2021.", "2019-01-01/2021-12-31"),
    ("The storm will hit the coast this weekend.", "2026-11-28/2026-11-29"),
    ("He has been in prison for two years.", ""),
    ("The budget deficit grew last fiscal year.", ""),
    ("They met two weeks ago in Rome.", "2026-11-09/2026-11-15"),
    ("The law was passed in 1964.", "1964-01-01/1964-12-31"),
    ("Next summer, the museum will close.", "2027-06-01/2027-08-31"),
    ("Ukraine fired 40 drones overnight.", "2026-11-23/2026-11-24"),
    ("The march on Saturday drew 5,000 people.", "2026-11-21"),
    ("Just 12 hours later, he resigned.", ""),
    ("The strike lasted from June to August.", ""),
    ("On Oct. 7, gunmen attacked the town.", "2026-10-07"),
    ("About 1950 people attended.", ""),
    ("The vote is on Dec. 3.", ""),
    ("Last Friday, the court ruled against him.", "2026-11-20"),
    ("Since last June, rents have risen.", ""),
    ("In the first six months of this year, exports fell.", "2026-01-01/2026-12-31"),
    ("The plan was unveiled Wednesday.", "2026-11-18"),
    ("Voters will go to the polls in March.", "2027-03-01/2027-03-31"),
    ("In August 2021, the Taliban took Kabul.", "2021-08-01/2021-08-31"),
    ("The 1,500 workers went on strike this morning.", "2026-11-24"),
    ("By the end of 2030, all coal plants will close.", "2030-01-01/2030-12-31"),
    ("He became CEO a decade ago.", ""),
]


@pytest.mark.parametrize(("text", "words", "meant"), RELATIVE)
def test_a_relative_date_is_counted_from_the_day_of_publication(text, words, meant):
    assert [(found.from_, found.to) for found in resolve_dates(text, WEDNESDAY)] == [(words, meant)]


@pytest.mark.parametrize(("text", "words", "meant"), ABSOLUTE)
def test_a_full_date_or_year_is_given_with_and_without_a_day_of_publication(text, words, meant):
    assert [(found.from_, found.to) for found in resolve_dates(text, WEDNESDAY)] == [(words, meant)]
    assert [(found.from_, found.to) for found in resolve_dates(text, None)] == [(words, meant)]


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_what_cannot_be_known_is_left_out(text):
    assert [found for found in resolve_dates(text, WEDNESDAY) if found.from_ not in {"1944", "2010"}] == []


@pytest.mark.parametrize(("text", "day", "meant"), ELSEWHEN)
def test_the_turn_of_a_week_a_month_and_a_year_is_counted_right(text, day, meant):
    assert [found.to for found in resolve_dates(text, day)] == [meant]


@pytest.mark.parametrize(("text", "meant"), LATER)
def test_the_sentences_of_news_are_dated_or_left_alone(text, meant):
    assert " ".join(found.to for found in resolve_dates(text, date(2026, 11, 24))) == meant


@pytest.mark.parametrize(("text", "day"), NOT_KNOWN_THEN)
def test_a_day_on_which_it_cannot_be_known_gives_none(text, day):
    assert resolve_dates(text, day) == ()


@pytest.mark.parametrize(("text", "_words", "_meant"), RELATIVE)
def test_without_a_day_of_publication_a_relative_date_says_nothing(text, _words, _meant):
    assert resolve_dates(text, None) == ()


def test_several_dates_come_in_the_order_of_the_text():
    found = resolve_dates("Lee resigned on Tuesday, two years ago to the week, and in 2019 she had won.", WEDNESDAY)

    assert [one.from_ for one in found] == ["Tuesday", "two years ago", "2019"]


@pytest.mark.parametrize("space", ["\n", "\r\n", "  ", "\u00a0"])
def test_white_space_of_any_kind_parts_the_words_of_a_date(space):
    assert [one.to for one in resolve_dates(f"It rained last{space}week.", WEDNESDAY)] == ["2023-07-24/2023-07-30"]


CASES = " ".join(text for text, *_ in [*RELATIVE, *ABSOLUTE, *ELSEWHEN, *((text,) for text in NOT_KNOWN)])
ODD = [
    "9999",
    "0000",
    "31",
    "29",
    "999999999999",
    "0",
    "\n",
    "\x00",
    "Feb.",
    "February",
    "century",
    "decades",
    "²",
    "٣",
]
WORDS = st.sampled_from([*CASES.split(), *ODD])
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))
DAYS = st.one_of(
    st.dates(), st.dates(max_value=date(30, 1, 1)), st.dates(min_value=date(9970, 1, 1)), st.just(date(2024, 2, 29))
)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.one_of(st.none(), DAYS))
def test_any_text_and_any_day_give_valid_days_and_ordered_spans(text, day):
    place = 0
    for found in resolve_dates(text, day):
        place = text.index(found.from_, place) + len(found.from_)
        first, _, last = found.to.partition("/")
        assert date.fromisoformat(first) <= date.fromisoformat(last or first)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?", found.to)


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_weekday_in_a_past_sentence_is_in_the_week_up_to_the_day_itself(day):
    for text in ("Lee resigned on Monday.", "Lee resigned Sunday.", "Lee resigned on Friday night."):
        (found,) = resolve_dates(text, day)
        assert day - timedelta(days=6) <= date.fromisoformat(found.to) <= day


@pytest.mark.parametrize(
    "piece",
    ["in ", "last ", "Tuesday ", "in 2019 ", "1", "in May ", "on Tuesday it will ", "the third quarter ", "on May 3 "],
)
def test_time_grows_with_the_text_and_not_faster(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        return least_seconds(lambda: resolve_dates(text, WEDNESDAY))

    small, large = (seconds(size) for size in (5_000, 50_000))

    assert large < 30 * small + 0.1  # ten times the text; quadratic would be a hundred times
