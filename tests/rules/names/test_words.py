"""The word tables as a person edits them: every file loads, and says one thing of each word."""

import shutil
from collections import Counter
from importlib.resources import files
from unicodedata import normalize

import msgspec
import pytest

from recruitwatch.names.dictionary import TableFault, load_dictionary, read_dictionary
from recruitwatch.names.rules.agencies import read_said
from recruitwatch.names.rules.reading import read_name, read_words
from recruitwatch.names.rules.romanise import script_of
from recruitwatch.names.rules.tables import key_tokens
from recruitwatch.names.values import AgencyName, Said, WordKind

FOLDER = files("recruitwatch.names") / "words"
MEANINGS = msgspec.yaml.decode((FOLDER / "meanings.yaml").read_bytes())["meanings"]
KINDS = {meaning["meaning"]: WordKind(meaning["kind"]) for meaning in MEANINGS}
TABLES = sorted(
    (entry for entry in FOLDER.iterdir() if entry.name != "meanings.yaml"),
    key=lambda entry: entry.name,
)
NAMES = [table.name for table in TABLES]
# Scripts by their codes (ISO 15924) and as Unicode calls their letters.
SCRIPTS = {
    "Latn": "LATIN", "Beng": "BENGALI", "Deva": "DEVANAGARI", "Taml": "TAMIL", "Telu": "TELUGU",
    "Mlym": "MALAYALAM", "Sinh": "SINHALA", "Arab": "ARABIC", "Ethi": "ETHIOPIC", "Hani": "CJK",
    "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Mymr": "MYANMAR", "Khmr": "KHMER", "Thai": "THAI",
    "Cyrl": "CYRILLIC", "Hang": "HANGUL", "Hebr": "HEBREW",
}  # fmt: skip


def words_of(name):
    return msgspec.yaml.decode((FOLDER / name).read_bytes())


def forms_of(name):
    return [(word["meaning"], form) for word in words_of(name)["words"] for form in word["forms"]]


def key(form):
    return " ".join(key_tokens(form))


def test_the_tables_cover_the_scripts_workers_write_in():
    assert {words_of(name)["script"] for name in NAMES} == set(SCRIPTS)


def test_a_meaning_is_listed_once():
    counted = Counter(meaning["meaning"] for meaning in MEANINGS)
    assert [meaning for meaning, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_named_for_its_language(name):
    assert words_of(name)["language"] == name.removesuffix(".yaml")


@pytest.mark.parametrize("name", NAMES)
def test_every_meaning_of_a_table_is_listed(name):
    assert [
        word["meaning"] for word in words_of(name)["words"] if word["meaning"] not in KINDS
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_stands_twice_in_a_table(name):
    """Neither with two meanings nor in two spellings that the matcher reads as one."""
    meanings = {}
    for meaning, form in forms_of(name):
        meanings.setdefault(key(form), []).append(f"{form} ({meaning})")
    assert [where for where in meanings.values() if len(where) > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_words_are_in_the_script_they_claim(name):
    script = SCRIPTS[words_of(name)["script"]]
    assert [form for _, form in forms_of(name) if script_of(form) not in (script, "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_words_are_written_plainly(name):
    """Composed letters, small letters, no blanks around or doubled: so a search in the file finds them."""
    odd = [
        form
        for _, form in forms_of(name)
        if normalize("NFC", form) != form or " ".join(form.split()) != form or form.lower() != form
    ]
    assert odd == []


@pytest.mark.parametrize("name", NAMES)
def test_the_matcher_knows_every_word(name):
    """As the table says, unless another language has the same letters for something surer."""
    senses = load_dictionary().senses
    order = list(WordKind)
    unknown = []
    for word in words_of(name)["words"]:
        kind = WordKind(word.get("kind", KINDS[word["meaning"]]))
        for form in word["forms"]:
            sense = senses.get(key(form))
            if sense is None or order.index(sense.kind) > order.index(kind):
                unknown.append(form)
    assert unknown == []


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Mangrove Overseas Recruiting Agency Ltd.", ["mangrove"]),
        ("মেসার্স কাশফুল ওভারসীজ লিঃ", ["কাশফুল"]),
        ("याकमाया ह्युमन रिसोर्सेज प्रा.लि.", ["याकमाया"]),
        ("ગુલમહોર ઓવરસીઝ પ્રા. લિ.", ["ગુલમહોર"]),
        ("ਗੁਲਮੋਹਰ ਇਮੀਗ੍ਰੇਸ਼ਨ ਸਰਵਿਸਜ਼", ["ਗੁਲਮੋਹਰ"]),
        ("தாமரைக்குளம் ஏஜென்சி", ["தாமரைக்குளம்"]),
        ("కొండపల్లి మ్యాన్‌పవర్ కన్సల్టెన్సీ", ["కొండపల్లి"]),
        ("കൈതപ്പൂ ട്രാവൽസ് ആൻഡ് റിക്രൂട്ട്മെന്റ്", ["കൈതപ്പൂ"]),
        ("අරලිය විදේශ රැකියා නියෝජිතායතනය", ["අරලිය"]),
        ("شركة الوردة للقوى العاملة ذ.م.م", ["ورده"]),
        ("گلموہر ریکروٹنگ ایجنسی", ["گلموهر"]),
        ("شرکت کاریابی سپیدار", ["سپيدار"]),
        ("ውበት የውጭ ሀገር የሥራ ስምሪት ኤጀንሲ ኃ/የተ/የግ/ማ", ["ውበት"]),
        ("馨暖僱傭服務有限公司", ["馨暖"]),
        ("ရွှေစင်ယော် နိုင်ငံခြားအလုပ်အကိုင်ရှာဖွေရေးအေဂျင်စီ", ["ရွှေ", "စင်ယော်"]),
        ("ក្រុមហ៊ុន ផ្ការំដួល ជ្រើសរើសពលករ", ["ផ្ការំដួល"]),
        ("บริษัท จัดหางาน ลำดวนหอม จำกัด", ["ลําดวนหอม"]),
        ("ООО Рябинушка Кадровое агентство", ["рябинушка"]),
        ("주식회사 한빛인력", ["한빛"]),
        ('רימונית כוח אדם בע"מ', ["רימונית"]),
        ("Wakala wa Ajira Mbuyuni", ["wa", "mbuyuni"]),
    ],
)  # fmt: skip
def test_what_is_left_of_a_name_is_its_own(name, own):
    """Trade words and legal forms of eighteen scripts are told from the word that is the agency's."""
    general = {WordKind.TRADE, WordKind.LEGAL, WordKind.ARTICLE}
    words = read_words(name, load_dictionary())
    assert [word.text for word in words if word.kind not in general] == own


@pytest.mark.parametrize("name", ["Ability", "Enjoy", "Qadri", "Pawar", "Carnation"])
def test_a_name_is_not_taken_for_a_word_of_a_far_language(name):
    assert read_words(f"{name} Overseas", load_dictionary())[0].kind is WordKind.NAME


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("  - {meaning: overseas, forms: [ওভারসিছ]", "bn.yaml: while parsing"),
        ("  - {meaning: oversea, forms: [ওভারসিছ]}", "bn.yaml: oversea is no meaning"),
        ("  - {meaning: overseas, form: [ওভারসিছ]}", "bn.yaml: Object contains unknown field `form`"),
        ("  - {meaning: overseas, forms: ওভারসিছ}", "bn.yaml: Expected `array`"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_table_is_named_with_its_file(tmp_path, wrong, told):
    shutil.copytree(files("recruitwatch.names"), tmp_path, dirs_exist_ok=True)
    table = tmp_path / "words" / "bn.yaml"
    table.write_text(table.read_text("utf-8") + wrong + "\n", "utf-8")
    with pytest.raises(TableFault) as fault:
        read_dictionary(tmp_path)
    assert told in str(fault.value)


def test_a_word_added_to_a_table_is_known(tmp_path):
    shutil.copytree(files("recruitwatch.names"), tmp_path, dirs_exist_ok=True)
    table = tmp_path / "words" / "bn.yaml"
    table.write_text(
        table.read_text("utf-8") + "  - {meaning: overseas, forms: [ওভারসিছ্ছ]}\n", "utf-8"
    )
    word = read_words("কাশফুল ওভারসিছ্ছ", read_dictionary(tmp_path))[1]
    assert (word.kind, word.meaning) == (WordKind.TRADE, "overseas")


@pytest.mark.parametrize(
    ("said", "first"),
    [("N0b0chhanda 0verseas", "nobochhanda"), ("4 0ne", "4"), ("Akey1", "akey1")],
)
def test_a_nought_among_letters_is_an_o(said, first):
    assert read_words(said, load_dictionary())[0].text == first


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("www.copper-gate.example", ["copper", "gate"]),
        ("https://copper-gate.com.bd/visa page", ["copper", "gate", "page"]),
        ("coppergate.com page", ["coppergate", "page"]),
        ("Copper.Gate page", ["copper", "gate", "page"]),
    ],
)
def test_a_web_address_is_read_as_the_name_in_it(said, words):
    query = read_said(Said(text=said), load_dictionary())
    assert [word.text for word in query.words] == words


@pytest.mark.parametrize("said", ["Paradise", "Jajira", "Rajdhani", "Amalia"])
def test_a_name_is_no_trade_word_because_a_word_of_another_language_sounds_like_it(said):
    (word,) = read_words(said, load_dictionary())
    assert word.kind is WordKind.NAME


@pytest.mark.parametrize(
    ("said", "meaning"),
    [("Rekruting", "recruiting"), ("Oversease", "overseas"), ("ওভারসীস", "overseas")],
)
def test_a_trade_word_is_heard_in_its_own_script_and_in_english(said, meaning):
    (word,) = read_words(said, load_dictionary())
    assert (word.kind, word.meaning) == (WordKind.TRADE, meaning)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("hizolbonltd", ["hizolbon", "ltd"]),
        ("greentealshippingltd", ["greenteal", "shipping", "ltd"]),
        ("agensipekerjaanhizolbonsdnbhd", ["agensi", "pekerjaan", "hizolbon"]),
        ("travelaire", ["travelaire"]),
        ("consultd", ["consultd"]),
    ],
)
def test_a_name_written_in_one_is_taken_apart(said, words):
    found = " ".join(word.text for word in read_words(said, load_dictionary()))
    assert found.replace(" ", "") == said
    assert found.split()[: len(words)] == words


@pytest.mark.parametrize(
    ("name", "own"),
    [("Hizolbon (M) Sdn Bhd", []), ("Hizolbon (Greenteal) Ltd", ["hizolbon", "greenteal"])],
)
def test_a_letter_in_brackets_is_no_name_of_its_own(name, own):
    names = list(read_name(AgencyName(name), load_dictionary()))
    assert not [one for one in names if [word.text for word in one.words] == ["m"]]
    assert {word for one in names for word in own} <= {w.text for one in names for w in one.words}
