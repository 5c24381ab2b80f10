"""The words of these pages in Arabic and English, and the pages filled with them.

Templates are written in English; `ARABIC` says the same in Arabic, and a test that nothing is left out of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.types import Scope

LANGUAGES: Final = ("ar", "en")
LANGUAGE_COOKIE: Final = "tts-news-lang"
ARABIC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "The desk": "مكتب التحرير",
        "Sign in": "تسجيل الدخول",
        "Sign out": "تسجيل الخروج",
        "Sign out everywhere": "الخروج من كل الأجهزة",
        "User name": "اسم المستخدم",
        "Password": "كلمة المرور",
        "New password": "كلمة المرور الجديدة",
        "Present password": "كلمة المرور الحالية",
        "The new password once more": "كلمة المرور الجديدة مرة أخرى",
        "Change the password": "تغيير كلمة المرور",
        "Set the password": "حفظ كلمة المرور",
        "Welcome": "أهلًا بك",
        "Choose a name and a password. You will be the first publisher of this desk.": (
            "اختر اسمًا وكلمة مرور. ستكون أول ناشر في هذا المكتب."
        ),
        "Choose a password.": "اختر كلمة مرور.",
        "12 letters or more; several words are good.": "12 حرفًا أو أكثر؛ والأفضل عدة كلمات.",
        "Your account": "حسابك",
        "Role": "الدور",
        "reader": "قارئ",
        "editor": "محرر",
        "publisher": "ناشر",
        "Open sessions": "الجلسات المفتوحة",
        "The password is changed; every other session has ended.": "تغيّرت كلمة المرور، وانتهت كل الجلسات الأخرى.",
        "Book of changes": "سجل التغييرات",
        "When (UTC)": "الوقت (UTC)",
        "Who": "من",
        "From": "من العنوان",
        "What": "ماذا",
        "Article": "المقالة",
        "Details": "تفاصيل",
        "Earlier lines": "أسطر أقدم",
        "Nothing has been written yet.": "لم يُكتب شيء بعد.",
        "Name or password is wrong.": "الاسم أو كلمة المرور غير صحيح.",
        "The present password is wrong.": "كلمة المرور الحالية غير صحيحة.",
        "Too many tries. Seconds to wait:": "محاولات كثيرة. انتظر هذا العدد من الثواني:",
        "This form was too old. Try once more.": "انتهت صلاحية هذا النموذج. حاول مرة أخرى.",
        "This cannot be a name: letters, digits and . _ - + @ only.": (
            "هذا لا يصلح اسمًا: حروف وأرقام والعلامات . _ - + @ فقط."
        ),
        "a password has 12 letters or more": "كلمة المرور 12 حرفًا أو أكثر",
        "a password has 1024 letters at most": "كلمة المرور 1024 حرفًا على الأكثر",
        "this password is too easy to guess": "كلمة المرور هذه سهلة التخمين",
        "the two passwords differ": "كلمتا المرور مختلفتان",
        "This cannot be done": "لا يمكن هذا",
        "Your role does not allow this. Ask a publisher.": "دورك لا يسمح بهذا. اسأل ناشرًا.",
        "The page was too old: nothing has been changed. Load it again.": ("الصفحة قديمة: لم يتغيّر شيء. أعد تحميلها."),
        "You are not signed in: nothing has been changed.": "لم تسجّل الدخول: لم يتغيّر شيء.",
        "This link is over, or has been used. Ask for a new one.": "هذا الرابط انتهى أو استُعمل. اطلب رابطًا جديدًا.",
        "Back": "رجوع",
        "Going on …": "لحظة …",
        "Go on": "متابعة",
        "login": "تسجيل دخول",
        "login refused": "رُفض تسجيل دخول",
        "logout": "تسجيل خروج",
        "logout everywhere": "خروج من كل الأجهزة",
        "password changed": "تغيّرت كلمة المرور",
        "password change refused": "رُفض تغيير كلمة المرور",
        "password set": "ضُبطت كلمة المرور",
        "password set by one-time link": "ضُبطت كلمة المرور برابط لمرة واحدة",
        "user added": "أُضيف مستخدم",
        "user invited": "دُعي مستخدم",
        "user removed": "حُذف مستخدم",
        "role changed": "تغيّر دور",
        "edition ordered": "طُلبت حلقة",
        "edition withdrawn": "سُحبت حلقة",
        "article brought in": "أُدخلت مقالة",
        "bulletin begun": "بُدئت نشرة",
        "sentence mended": "عُدّلت جملة",
        "voices chosen": "اختيرت الأصوات",
        "published": "نُشرت",
        "The desk is reached by https only": "مكتب التحرير يُفتح عبر https فقط",
        "A password sent by plain http can be read on the way. Put a web server with a certificate in front, and name "
        "it in [serve] proxies.": (
            "كلمة المرور المرسلة عبر http يمكن أن تُقرأ في الطريق. ضع خادم ويب بشهادة أمام هذا الخادم، واذكره في "
            "[serve] proxies."
        ),
    }
)


def language_asked(scope: Scope) -> str:
    """Return the language that `?lang=` asks for, "" for none."""
    asked = QueryParams(scope.get("query_string", b"")).get("lang", "")
    return asked if asked in LANGUAGES else ""


def language_of(request: Request) -> str:
    """Return the language of a page: as asked by `?lang=`, as asked before, or as the browser prefers; else Arabic."""
    wanted = [language_asked(request.scope), request.cookies.get(LANGUAGE_COOKIE, "")]
    wanted += [
        part.partition(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    ]
    return next((language for language in wanted if language in LANGUAGES), "ar")


def say(text: object, language: str) -> str:
    """Return a text of ours in a language; one that is not in the table stays as it is."""
    return ARABIC.get(str(text), str(text)) if language == "ar" else str(text)


def show(name: str, request: Request, **values: object) -> str:
    """Return a page, in the language of who asks."""
    language = language_of(request)
    return (
        environment()
        .get_template(name)
        .render(
            _=partial(say, language=language),
            language=language,
            direction="rtl" if language == "ar" else "ltr",
            account=request.scope.get("account"),
            path=request.url.path,
            **values,
        )
    )


@cache
def environment() -> Environment:
    """Return the templates of these pages."""
    return Environment(loader=PackageLoader("tts_news.accounts"), undefined=StrictUndefined, autoescape=True)
