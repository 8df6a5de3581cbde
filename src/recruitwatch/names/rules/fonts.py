"""Three fonts of before Unicode and what their keys show: Bijoy (Bengali), Preeti (Nepali), Kruti Dev
(Hindi). Only what names are written with; the order within a table carries no weight."""

from typing import NamedTuple

# Stands for the r above the next letters, which these fonts type behind them.
REPH = "\ue000"


class Font(NamedTuple):
    """Keys and what they show; vowel signs that are typed before their consonant; the sign that joins
    consonants; r; pairs of signs that are one."""

    name: str
    keys: dict[str, str]
    before: str
    virama: str
    ra: str
    pairs: tuple[tuple[str, str], ...]


def _keys(table: str) -> dict[str, str]:
    """Pairs of a key and a letter, divided by blanks."""
    keys: dict[str, str] = {}
    for pair in table.split():
        key, shown = pair.split("=", 1)
        keys[key] = shown
    return keys


BIJOY = Font(
    "bijoy",
    _keys(
        """A=অ B=ই C=ঈ D=উ E=ঊ F=ঋ G=এ H=ঐ I=ও J=ঔ K=ক L=খ M=গ N=ঘ O=ঙ P=চ Q=ছ R=জ S=ঝ T=ঞ U=ট V=ঠ
        W=ড X=ঢ Y=ণ Z=ত _=থ `=দ a=ধ b=ন c=প d=ফ e=ব f=ভ g=ম h=য i=র j=ল k=শ l=ষ m=স n=হ o=ড় p=ঢ় q=য়
        r=ৎ s=ং t=ঃ u=ঁ v=া w=ি x=ী y=ু z=ু ~=ূ „=ৃ †=ে ‡=ে ˆ=ৈ ‰=ৈ Š=ৗ &=্ ¨=্য ª=্র «=্র ¯=স্ ˜=দ্
        š=ন্ ›=ন্ ¤=ম্ ”=চ্ •=ঙ্ ®=ষ্ œ=্ন ¥=্ম ¡=্ব ^=্ব ¬=্ল Í=্ত µ=ক্র ³=ক্ত ¶=ক্ষ ·=ক্স °=ক্ক ±=ক্ট
        ¸=গু ¼=ঙ্ক ½=ঙ্গ ¾=জ্জ Á=জ্ঞ Â=ঞ্চ Ä=ঞ্জ Æ=ট্ট È=ণ্ট É=ণ্ঠ Ê=ণ্ড Ë=ত্ত Î=ত্র Ï=দ্দ ×=দ্ধ Û=ন্ড Ü=ন্ধ
        Ý=ন্স ß=প্ত à=প্প ã=ব্দ å=ভ্র é=ল্ক ë=ল্ট ì=ল্ড í=ল্প ï=শু ð=শ্চ ó=ষ্ট ô=ষ্ঠ ÷=স্ট û=হু
        0=০ 1=১ 2=২ 3=৩ 4=৪ 5=৫ 6=৬ 7=৭ 8=৮ 9=৯"""
    )
    | {"©": REPH},
    "িেৈ",
    "্",
    "র",
    (("অা", "আ"), ("ো", "ো"), ("ৌ", "ৌ")),
)
PREETI = Font(
    "preeti",
    _keys(
        """a=ब b=द c=अ d=म e=भ f=ा g=न h=ज i=ष् j=व k=प l=ि n=ल o=य p=उ q=त्र r=च s=क t=त u=ग v=ख w=ध x=ह
        y=थ z=श A=ब् B=द्य C=ऋ D=म् E=भ् F=ँ G=न् H=ज् I=क्ष् J=व् K=प् L=ी M=ः N=ल् O=इ P=ए Q=त्त R=च् S=क्
        T=त् U=ग् V=ख् W=ध् X=ह् Y=थ् Z=श् '=ु "=ू ]=े }=ै [=ृ \\=् |=्र `=ञ ~=ञ् ;=स :=स् /=र ?=रु )=० !=१
        @=२ #=३ $=४ %=५ ^=६ &=७ *=८ (=९ 1=ज्ञ 2=द्द 3=घ 4=द्ध 5=छ 6=ट 7=ठ 8=ड 9=ढ 0=ण +=ं ª=ङ «=्र ˆ=फ्
        km=फ em=झ qm=क्र k|m=फ्र pm=ऊ O{=ई Ë=ङ्ग §=ट्ट ¿=रू å=द्व"""
    )
    | {"{": REPH, "=": "."},
    "ि",
    "्",
    "र",
    (("ाे", "ो"), ("ाै", "ौ"), ("अा", "आ"), ("अो", "ओ"), ("अौ", "औ"), ("एे", "ऐ")),
)
KRUTI_DEV = Font(
    "kruti-dev",
    _keys(
        """v=अ b=इ bZ=ई m=उ Å=ऊ ,=ए ,s=ऐ vk=आ vks=ओ vkS=औ d=क [k=ख x=ग ?k=घ p=च N=छ t=ज >=झ V=ट B=ठ M=ड
        <=ढ .k=ण r=त Fk=थ n=द /k=ध u=न i=प Q=फ c=ब Hk=भ e=म ;=य j=र y=ल o=व 'k=श "k=ष l=स g=ह {k=क्ष K=ज्ञ
        J=श्र D=क् [=ख् X=ग् ?=घ् P=च् T=ज् R=त् F=थ् /=ध् U=न् I=प् ¶=फ् C=ब् H=भ् E=म् Y=ल् O=व् '=श् "=ष् L=स्
        .=ण् {=क्ष् k=ा f=ि h=ी q=ु w=ू `=ृ s=े S=ै ks=ो kS=ौ a=ं ¡=ँ %=ः ~=् z=्र ª=्र W=ॉ Ø=क्र ç=प्र Ý=फ्र
        #=रु :=रू"""
    )
    | {"Z": REPH},
    "ि",
    "्",
    "र",
    (("ाे", "ो"), ("ाै", "ौ")),
)
FONTS = (BIJOY, PREETI, KRUTI_DEV)
