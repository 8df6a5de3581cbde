"""Invented names by the hundred thousand, in the letters that registers hold, always the same ones."""

from collections.abc import Iterator
from random import Random

FIRST = (
    "Padma Meghna Jamuna Surma Karnaphuli Teesta Rupsha Gorai Turag Kushiyara Halda Sangu Matamuhuri "
    "Dhaleshwari Buriganga Shitalakshya Bangshi Atrai Mahananda Brahmaputra Golden Silver Green Blue "
    "Eastern Western Northern Southern Royal Grand New Al-Amin Al-Noor Al-Falah Al-Hera Rahman Karim "
    "Sonar Shapla Doel Krishnachura Rajani Sunrise Horizon Skyline Ocean River Lotus Orchid Crescent "
    "Star Falcon Eagle Delta Orient Pacific Gulf Desert Oasis Pearl Coral Amber Jade"
).split()
SECOND = (
    "Overseas International Global World Trans Inter Asia Gulf Arabian Continental United Allied "
    "National Metro Capital Premier Prime Elite Trust Sincere Bright Perfect Modern Classic Dynamic "
    "Universal Famous Unique Ideal Standard Central Regional Seven Nine Twin Triple Great Noble"
).split()
TRADE = (
    "Recruiting Manpower Employment Services Travels Tours Agency Consultants Placement Enterprise "
    "Trading Associates Human-Resource Establishment Corporation Bureau"
).split()
FORM = ("Ltd", "Limited", "Pvt. Ltd.", "& Co", "")
BANGLA = (
    "পদ্মা মেঘনা যমুনা সুরমা কর্ণফুলী তিস্তা রূপসা গড়াই সোনার শাপলা দোয়েল সবুজ আল-আমিন আল-নূর রহমান করিম পূর্ব পশ্চিম",
    "ওভারসিজ ইন্টারন্যাশনাল গ্লোবাল ওয়ার্ল্ড এশিয়া গালফ আরব ন্যাশনাল মডার্ন ইউনিক আদর্শ কেন্দ্রীয়",
    "রিক্রুটিং ম্যানপাওয়ার সার্ভিসেস ট্রাভেলস এজেন্সি কনসালট্যান্ট এন্টারপ্রাইজ লিমিটেড",
)
CHINESE = (
    "金龍 東方 恒生 康達 永興 國際 太平 華美 順利 萬家 明珠 海洋 新世紀 信誠 富士 大同 嘉禾 友邦",
    "僱傭 人力 勞務 家政 就業 海外 職業 顧問",
    "服務 公司 中心 有限公司 介紹所 代理",
)
CITIES = "Dhaka Chattogram Sylhet Khulna Rajshahi Barishal Cumilla Bogura Rangpur Jashore".split()


def latin_name(chance: Random) -> str:
    words = (chance.choice(FIRST), chance.choice(SECOND), chance.choice(TRADE), chance.choice(FORM))
    return " ".join(words).strip()


def other_names(chance: Random) -> Iterator[str]:
    """Two of five agencies have a name in Bangla letters, one of ten a Chinese one."""
    if chance.random() < 0.4:
        yield " ".join(chance.choice(words.split()) for words in BANGLA)
    if chance.random() < 0.1:
        yield "".join(chance.choice(words.split()) for words in CHINESE)


def misspelt(name: str, chance: Random) -> str:
    """Two neighbours change places and a letter is lost, as when a worker writes what they heard."""
    place = chance.randrange(1, len(name) - 4)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    lost = chance.randrange(place + 3, len(swapped))
    return swapped[:lost] + swapped[lost + 1 :]
