"""One spelling for each address, and none that leads off the public internet."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.exceptions import RefusedAddress
from articles.fetching import normalise_address

ONE_PAGE = "https://news.example/2026/parade?id=5"


@pytest.mark.parametrize(
    "written",
    [
        ONE_PAGE,
        f"  {ONE_PAGE}\n",
        "HTTPS://NEWS.example/2026/parade?id=5",
        "https://news.example:443/2026/parade?id=5",
        "https://news.example./2026/parade?id=5",
        f"{ONE_PAGE}#comments",
        f"{ONE_PAGE}&utm_source=x&UTM_Medium=y&fbclid=1&gclid=2&mc_eid=3",
        "https://news.example/2026/parade?utm_source=x&&id=5&",
        "https://news.example/2026/./x/../parade?id=5",
        "https://news.example/2026/%2e%2E/2026/parade?id=5",
        "https://news.example/2026/p%61rade?id=5",
        "https://ｎｅｗｓ.example/2026/parade?id=5",
        "https://news。example/2026/parade?id=5",
    ],
)
def test_the_same_address_written_in_several_ways_is_one(written):
    assert normalise_address(written) == ONE_PAGE


@pytest.mark.parametrize(
    "kept",
    [
        "https://e.example/?id=1&p=2&cid=3&eid=4&uid=5&source=6&session=7&ref=8&page=9&keyword=a",
        "https://e.example/?b=1&a=2",  # some sites read parameters in order
        "https://e.example/?article;id=3",
        "https://e.example/a/",
        "https://e.example/a//b",
        "https://e.example/A",
        "https://e.example/?q=a%2Fb%20c+d",
        "https://web.archive.org/web/2020/https://example.com/a",
        "http://e.example/",
        "https://e.example:8443/",
        "https://xn--bcher-kva.example/",
        "https://my_site.example/",
        "http://8.8.8.8/",
        "http://[2606:4700::1111]/",
    ],
)
def test_what_may_name_another_page_is_kept(kept):
    assert normalise_address(kept) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://e.example/a b", "https://e.example/a%20b"),
        ("https://e.example/%zz%e2", "https://e.example/%25zz%E2"),
        ("https://e.example", "https://e.example/"),
        ("https://e.example?id=1", "https://e.example/?id=1"),
        ("https://e.example/../../a", "https://e.example/a"),
        ("http://134744072/", "http://8.8.8.8/"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("https://e.example/می\u200cخواهم", "https://e.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85"),
    ],
)
def test_an_address_is_written_in_plain_characters(written, kept):
    assert normalise_address(written) == kept


PRIVATE = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0",
    "127.0.0.1.", "１２７.０.０.１", "①②⑦.0.0.1", "127。0。0。1", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "0xa9fea9fe", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[fe80::1]",
    "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]",
    "[2002:7f00:1::]", "[2002:808:808::]", "[2001:0:7f00:1::]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]",
    "localhost", "LOCALHOST.", "a.localhost", "printer.local", "metadata.google.internal", "intranet", "db",
    "router.lan", "a.home.arpa", "ｌｏｃａｌｈｏｓｔ", "localhost.localdomain",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_off_the_public_internet_is_refused_however_it_is_spelled(host):
    with pytest.raises(RefusedAddress, match="not on the public internet"):
        normalise_address(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "news.example/a", "ftp://e.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "gopher://e.example/", "//e.example/", "/a", "http:", "http://", "http:///a", "http:e.example", "https://?a",
        "http://user@e.example/", "http://user:word@e.example/", "http://@e.example/", "http://e.example@127.0.0.1/",
        "http://e.example:22/", "http://e.example:6379/", "http://e.example:0/", "http://e.example:99999/",
        "http://e.example:x/", "http://e.example:٣/",
        "http://e.example\\@evil.example/", "http://e.example/\\evil", "http://e.exa\nmple/", "http://e.example/a\tb",
        "http://e.example/\x00", "http://e.example/\u202egpj.exe", "http://e.example/\u2066a", "http://e\u00ad.example/",
        "http://e.example/a\u200bb", "http://e.example/\ud800",
        "http://e..example/", "http://.e.example/", "http://-e.example/", "http://e%2eexample/", "http://%31%32%37.0.0.1/",
        "http://e example/", "http://e<b>.example/", "http://256.1.1.1/", "http://1.2.3.4.5/", "http://08.1.1.1/",
        "http://4294967296/", "http://0x100000000/", "http://[::1", "http://::1/", "http://[fe80::1%25eth0]/",
        "http://[v1.a]/", "http://[2606:4700::1111]x/", "http://x[2606:4700::1111]/", "http://[1.2.3.4]/",
        f"http://{'a' * 64}.example/", f"http://{'a.' * 130}example/", f"http://e.example/{'a' * 2000}",
        f"http://e.example/{'ä' * 400}",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused_with_one_sentence(url):
    with pytest.raises(RefusedAddress) as refusal:
        normalise_address(url)

    assert str(refusal.value).startswith("The ")
    assert str(refusal.value).endswith(".")


def test_a_host_the_desk_has_named_may_be_private_and_on_any_port():
    assert normalise_address("http://127.0.0.1:9999/a", private_hosts=["127.0.0.1:9999"]) == "http://127.0.0.1:9999/a"
    assert normalise_address("http://Archive:80/", private_hosts=["archive:80"]) == "http://archive/"
    assert normalise_address("http://[::1]:81/", private_hosts=["[::1]:81"]) == "http://[::1]:81/"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9998/", "http://127.0.0.1/", "http://127.0.0.2:9999/"])
def test_naming_a_private_host_opens_no_other(url):
    with pytest.raises(RefusedAddress):
        normalise_address(url, private_hosts=["127.0.0.1:9999"])


pieces = st.sampled_from(
    ["http://", "https://", "HTTP:", "//", "/", "..", ".", "?", "#", "&", "=", "@", ":", "[", "]", "%", "%2", "%25",
     "%2e", "%41", "e.example", "xn--", "127.0.0.1", "0x7f", "::1", "utm_a=1", "id=1", "ä", "ß", "\u200c", "。", "１",
     " ", "\\", "localhost", ":80", ":443", "a", "A", "_", "-", "+", ";", "\u0301", "ﷺ", "٣"]
)  # fmt: skip
written = st.one_of(
    st.text(max_size=80),
    st.lists(pieces, max_size=12).map("".join),
    st.lists(pieces, max_size=12).map(lambda parts: "https://e.example/" + "".join(parts)),
    st.lists(pieces, max_size=6).map(lambda parts: "http://" + "".join(parts)),
)


@given(written)
@example("https://e.example/%%34%31?%%34%31")
@example("https://e.example/a/..")
@example("https://e.example//..//?&&")
def test_any_text_is_refused_or_has_one_lasting_spelling(text):
    try:
        once = normalise_address(text)
    except RefusedAddress:
        return

    assert normalise_address(once) == once
    assert once.isascii()
    assert once.isprintable()
    assert len(once) <= 2000
