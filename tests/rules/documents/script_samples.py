"""A sentence as it might stand in a contract, in every script that workers read. Drafts, for setting alone."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from recruitwatch.documents import Hand, Style


class Sample(NamedTuple):
    name: str
    language: str
    file: str
    text: str
    hand: Hand = Hand.USUAL

    @property
    def style(self) -> Style:
        return Style(language=self.language, size=11, hand=self.hand)


VIETNAMESE = "Người lao động không phải trả phí tuyển dụng. Lương 7.250.000 đồng mỗi tháng."
SAMPLES = (
    Sample("English", "en", "NotoSans", "The worker pays no fee (ILO C181, Art. 7). Basic wage: 1,450.00 SAR; office, AVATAR, flat."),
    Sample("Vietnamese", "vi", "NotoSans", VIETNAMESE),
    Sample("Vietnamese, marks apart", "vi", "NotoSans", unicodedata.normalize("NFD", VIETNAMESE)),
    Sample("Romanian", "ro", "NotoSans", "Angajatorul plătește toate taxele; niciun preț ascuns, nicio reținere."),
    Sample("Russian", "ru", "NotoSans", "Работник не платит за приём на работу. Оклад: 48 500 рублей в месяц."),
    Sample("Bangla", "bn", "NotoSansBengali", "কর্মী কোনো নিয়োগ ফি দেবেন না। মূল বেতন মাসে ১,৪৫০ রিয়াল। ক্ষতিপূরণ, শ্রম মন্ত্রণালয়, স্বাক্ষর, কর্তৃপক্ষ, উচ্ছ্বাস, দ্বন্দ্ব।"),
    Sample("Hindi", "hi", "NotoSansDevanagari", "कर्मचारी कोई भर्ती शुल्क नहीं देगा। मूल वेतन १,४५० रियाल प्रति माह। क्षतिपूर्ति, राष्ट्र, हस्ताक्षर, द्वितीय, कार्य।"),
    Sample("Nepali", "ne", "NotoSansDevanagari", "कामदारले कुनै भर्ना शुल्क तिर्दैन। स्वास्थ्य, वैदेशिक रोजगार, श्रम सम्झौता, ट्र्याक।"),
    Sample("Tamil", "ta", "NotoSansTamil", "தொழிலாளி எந்தக் கட்டணமும் செலுத்த வேண்டியதில்லை. சம்பளம் 1,450 ரியால். ஸ்ரீ, க்ஷ, கொடுப்பனவு, கௌரவம்."),
    Sample("Telugu", "te", "NotoSansTelugu", "కార్మికుడు ఎటువంటి నియామక రుసుము చెల్లించనవసరం లేదు. జీతం నెలకు 1,450 రియాల్. క్షేత్రం, స్త్రీ, కర్తవ్యం."),
    Sample("Malayalam", "ml", "NotoSansMalayalam", "തൊഴിലാളി നിയമന ഫീസ് നൽകേണ്ടതില്ല. ശമ്പളം മാസം 1,450 റിയാൽ. ക്ഷേമം, സ്ത്രീ, വാർഷിക അവധി."),
    Sample("Sinhala", "si", "NotoSansSinhala", "සේවකයා කිසිදු ගාස්තුවක් ගෙවිය යුතු නැත. වැටුප මසකට රියාල් 1,450. ශ්‍රී, ක්‍රමය, ප්‍රධාන, කාර්ය."),
    Sample("Arabic", "ar", "NotoNaskhArabic", "لا يدفع العامل أي رسوم توظيف. الأجر الأساسي مسؤولية صاحب العمل، شهريًا ابتداءً من التوقيع."),
    Sample("Urdu, Nastaliq", "ur", "NotoNastaliqUrdu", "ملازم بھرتی کی کوئی فیس نہیں دے گا۔ بنیادی تنخواہ معاہدے کے مطابق ہوگی۔ صحت، رہائش، نستعلیق۔"),
    Sample("Urdu, Naskh", "ur", "NotoNaskhArabic", "ملازم بھرتی کی کوئی فیس نہیں دے گا۔ بنیادی تنخواہ معاہدے کے مطابق ہوگی۔ ٹیلی فون، ڈاکٹر، بڑے۔", Hand.NASKH),
    Sample("Hebrew", "he", "NotoSansHebrew", "העובד לא ישלם דמי גיוס כלשהם. שכר היסוד ישולם בכל חודש. שָׁלוֹם, עֲבוֹדָה, חוֹזֶה."),
    Sample("Amharic", "am", "NotoSansEthiopic", "ሠራተኛው ምንም ዓይነት የቅጥር ክፍያ አይከፍልም። የሥራ ውል፦ መጋቢት ፮ ቀን ፳፻፲፰ ዓ.ም."),
    Sample("Khmer", "km", "NotoSansKhmer", "កម្មករមិនត្រូវបង់ថ្លៃជ្រើសរើសឡើយ។ ប្រាក់ខែគោល ១៤៥០ រៀលក្នុងមួយខែ។ ស្រុក ក្រសួង ស្ត្រី ខ្ញុំ ញ៉ាំ"),
    Sample("Burmese", "my", "NotoSansMyanmar", "အလုပ်သမားသည် ခေါ်ယူမှုအခကြေးငွေ မပေးရ။ အခြေခံလစာ ၁,၄၅၀ ရီယယ်။ မြန်မာ ဝန်ကြီးဌာန သင်္ဘော ကျွန်ုပ်"),
    Sample("Thai", "th", "NotoSansThai", "คนงานไม่ต้องจ่ายค่าธรรมเนียมจัดหางานใดๆ เงินเดือนขั้นพื้นฐาน ๑,๔๕๐ ริยาล ผู้ใหญ่ น้ำ ปฏิญญา ปี่"),
    Sample("Lao", "lo", "NotoSansLao", "ຄົນງານບໍ່ຕ້ອງຈ່າຍຄ່າທຳນຽມຈັດຫາງານໃດໆ ເງິນເດືອນພື້ນຖານ 1,450 ຣິຢາລ ຜູ້ ໜ້າ ປີ້ ນ້ຳ"),
)  # fmt: skip
BY_NAME = {sample.name: sample for sample in SAMPLES}
CHINESE = "工人不付任何招聘费"
