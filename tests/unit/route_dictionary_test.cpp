#include <catch2/catch.hpp>

#include "route/answer/prompt.h"
#include "route/build/lexicon.h"
#include "route/words.h"
#include "unit/route_text.h"

namespace cascade::route {
namespace {

constexpr std::string_view rows =
    "# a remark\n"
    "|und,der|et,le|y,el|e,o|e,il|i,w|и,в|的,了|を,の|을,를\n"
    "branch|zweig|branche|rama.|ramo|ramo|gałąź,gałęz|ветк|分支|ブランチ|브랜치\n"
    "delete|lösch|supprim|borr|apag|cancell|usun|удал|删除,删|削除|삭제\n"
    "cart|warenkorb|panier|carrito|carrinho|carrello|koszyk|корзин|购物车|カート|장바구니\n"
    "test|test|test|test|teste|test|test|тест|测试|テスト|테스트\n"
    "merge conflict|mergekonflikt|conflit de fusion|conflicto|conflito|conflitto|konflikt|конфликт|合并冲突|競合|충돌\n"
    "fuse|x.|fusion|x.|x.|x.|x.|x.|合并|x.|x.\n";

// What a text means, word by word: "delete, branch".
std::string meant(Language language, std::string_view text, std::string_view table = rows) {
  const auto bytes = write_dictionary_table(table);
  REQUIRE(bytes.has_value());
  Dictionary dictionary;
  REQUIRE(dictionary.open(*bytes));
  std::string all;
  for (const Meaning& meaning : dictionary.meanings(language, folded(text)))
    all += (all.empty() ? "" : ", ") + (meaning.english.empty() ? "-" : std::string(meaning.english));
  return all;
}

std::string fault(std::string_view table) {
  const auto bytes = write_dictionary_table(table);
  return bytes ? "" : bytes.error().message;
}

Language written(std::string_view text) { return language_of(shipped_dictionary(), text); }

}  // namespace

TEST_CASE("a text is folded to small letters without accents, and one space between words") {
  CHECK(folded("Größe, ÉTÉ!").text == " grosse ete ");
  CHECK(folded("Łódź  gałęzie").text == " lodz galezie ");
  CHECK(folded("Ёлка ВЕТКА").text == " елка ветка ");
  CHECK(folded("l'agneau – pull-request").text == " l agneau pull request ");
  CHECK(folded("e\xCC\x81t\xC3\xA9").text == " ete ");  // an accent of its own
  CHECK(folded("").text == " ");
  const FoldedText text = folded("É x");
  CHECK(text.offsets[1] == 0);
  CHECK(text.offsets[3] == 3);
}

TEST_CASE("every Latin letter up to U+017F is folded, and no letter beyond") {
  CHECK(folded("\u00bf\u00c0\u00ff\u00d7\u00f7\u00df").text == " ay ss ");
  CHECK(folded("\u0100\u017f\u0180").text == " as\u0180 ");
  CHECK(folded("\u00c6\u00c7\u00d0\u00d1\u00d8\u00de\u00fe\u00fd").text == " acdnotty ");
  CHECK(folded("AZaz09").text == " azaz09 ");
}

TEST_CASE("Cyrillic capitals are folded, and no letter beyond them") {
  CHECK(folded("\u0400\u040f\u0410\u042f\u0430\u044f\u0450\u0401\u0451").text ==
        " \u0450\u045f\u0430\u044f\u0430\u044f\u0450\u0435\u0435 ");
  CHECK(folded("\u03ff").text == " \u03ff ");
}

TEST_CASE("accents of their own vanish, and punctuation of any script parts words") {
  CHECK(folded("a\u0300b\u036fc").text == " abc ");
  CHECK(folded("a\u0370").text == " a\u0370 ");
  for (const char* sign : {"\u2000", "\u2bff", "\u3000", "\u3004", "\u3008", "\u303f", "\ufe00", "\ufe0f", "\uff00",
                           "\uff0f", "\uff1a", "\uff20", "\ufffd", "\xff", "\u00a0", "\u00bf", "\u00d7"}) {
    INFO(sign);
    CHECK(folded(std::string("a") + sign + "b").text == " a b ");
  }
  for (const char* letter : {"\u1fff", "\u2c00", "\u3005", "\u3007", "\u3040", "\ufdff", "\ufe10", "\ufeff", "\uff10",
                             "\uff19", "\uff21", "\ufffe"}) {
    INFO(letter);
    CHECK(folded(std::string("a") + letter + "b").text == " a" + std::string(letter) + "b ");
  }
}

TEST_CASE("each byte of a folded text knows where it comes from") {
  const FoldedText text = folded("\u00df, x");
  CHECK(text.text == " ss x ");
  CHECK(std::vector<std::uint32_t>(text.offsets.begin(), text.offsets.end()) ==
        std::vector<std::uint32_t>{0, 0, 0, 2, 4, 5});
}

TEST_CASE("a word is known by its beginning, whatever its ending and its accents") {
  CHECK(meant(Language::spanish, "borra, borrar o BORRÓ") == "delete, delete, delete");
  CHECK(meant(Language::polish, "usuń gałęzie") == "delete, branch");
  CHECK(meant(Language::polish, "usunąć galaz") == "delete, branch");
  CHECK(meant(Language::russian, "Удали ветки") == "delete, branch");
  CHECK(meant(Language::english, "test") == "");
}

TEST_CASE("a word with a full stop in the dictionary is known as it is only") {
  CHECK(meant(Language::spanish, "la rama") == "branch");
  CHECK(meant(Language::spanish, "el ramaje") == "-");
}

TEST_CASE("a Korean word with a full stop in the dictionary may have a particle behind it, and nothing else") {
  constexpr std::string_view korean = "||||||||||을,를\napp||||||||||앱.\n";
  CHECK(meant(Language::korean, "앱을", korean) == "app");
  CHECK(meant(Language::korean, "앱", korean) == "app");
  CHECK(meant(Language::korean, "앱솔루트", korean) == "");
}

TEST_CASE("the longest spelling counts, over several words too") {
  CHECK(meant(Language::french, "un conflit de fusion") == "merge conflict");
  CHECK(meant(Language::french, "la fusion") == "fuse");
  CHECK(meant(Language::chinese, "合并冲突了") == "merge conflict, -");
}

TEST_CASE("words that a language writes as one are taken apart") {
  CHECK(meant(Language::german, "der Warenkorbtest") == "-, cart, test");
  CHECK(meant(Language::german, "gelöschter Zweig") == "delete, branch");
  CHECK(meant(Language::chinese, "删除测试分支") == "delete, test, branch");
  CHECK(meant(Language::japanese, "ブランチを削除") == "branch, -, delete");
  CHECK(meant(Language::korean, "브랜치를 삭제했어") == "branch, delete");
  CHECK(meant(Language::french, "monpanier") == "");
}

TEST_CASE("a dictionary that cannot be read says which line") {
  CHECK(fault("branch|zweig\n") == "line 1 \"branch|zweig\" has not eleven columns");
  CHECK(fault("# x\n\na|b|c|d|e|f|g|h|!!|j|k\n") == "line 3 \"!!\" is no word");
  Dictionary dictionary;
  CHECK_FALSE(dictionary.open("nothing"));
}

TEST_CASE("the language of a prompt is told by scripts, accents and small words") {
  CHECK(written("Der Test ist manchmal rot und niemand weiß warum") == Language::german);
  CHECK(written("Test ist rot. Warum nicht.") == Language::german);
  CHECK(written("le test échoue une fois sur trois") == Language::french);
  CHECK(written("¿por qué tarda tanto la tubería?") == Language::spanish);
  CHECK(written("o teste falha às vezes e ninguém sabe por quê") == Language::portuguese);
  CHECK(written("i test falliscono ogni tanto, nessuno sa perché") == Language::italian);
  CHECK(written("testy czasem nie przechodzą") == Language::polish);
  CHECK(written("тесты иногда падают") == Language::russian);
  CHECK(written("测试有时失败") == Language::chinese);
  CHECK(written("テストがたまに落ちる") == Language::japanese);
  CHECK(written("테스트가 가끔 깨져요") == Language::korean);
}

TEST_CASE("English stays English, with names, code and quotations of others in it") {
  CHECK(written("the test fails every third run") == Language::english);
  CHECK(written("squash my last four commits") == Language::english);
  CHECK(written("translate \"löschen\" and \"ändern\" to English for the menu") == Language::english);
  CHECK(written("for i in range(10): print(i)") == Language::english);
  CHECK(written("José says the import of the invoices is slow") == Language::english);
  CHECK(written("why does \"删除\" show as ?? in the log of the import") == Language::english);
  // Words that many languages have are no evidence beside two words that join English ones.
  CHECK(written("write a design document for the billing service") == Language::english);
  CHECK(written("prepare a migration document for the payment service") == Language::english);
  CHECK(written("document the export service and its configuration") == Language::english);
  CHECK(written("write the document pour le service de facturation") == Language::french);
  CHECK(written("ping @nicht @warum") == Language::english);
  CHECK(written("ping .nicht .warum") == Language::english);
  CHECK(written("ask @nicht and @warum about the nightly run") == Language::english);
  CHECK(written("warum.md nicht.txt und.py: open them") == Language::english);
  CHECK(written("") == Language::english);
}

TEST_CASE("a script decides where it is more than three times the English words") {
  CHECK(written("删除") == Language::chinese);
  CHECK(written("删") == Language::english);  // one sign is a quotation
  CHECK(written("the 删除测试") == Language::chinese);
  CHECK(written("the 删除测") == Language::english);
  CHECK(written("удалить") == Language::russian);
  CHECK(written("да") == Language::english);
}

TEST_CASE("of the scripts of East Asia the share of each decides") {
  CHECK(written("删除删除") == Language::chinese);
  CHECK(written("삭제삭제删除删除") == Language::korean);  // half of it
  CHECK(written("삭제删除删除") == Language::chinese);
  CHECK(written("の删除删除删除删") == Language::japanese);  // an eighth of it
  CHECK(written("の删除删除删除删除") == Language::chinese);
}

TEST_CASE("each language is known by each of its accents next to one that no other has") {
  struct Accents {
    Language language;
    const char* own;
    std::vector<const char*> all;
  };
  const std::vector<Accents> table{
      {Language::german, "ß", {"ä", "ö", "ü", "ß", "Ä", "Ö", "Ü"}},
      {Language::french, "œ", {"é", "è", "ê", "ë", "à", "â", "ç", "ù", "û", "î", "ï", "ô", "œ", "É"}},
      {Language::spanish, "ñ", {"ñ", "á", "é", "í", "ó", "ú", "¿", "¡"}},
      {Language::portuguese, "ã", {"à", "ã", "õ", "ç", "á", "é", "ê", "ó", "ú", "í", "â", "ô"}},
      {Language::italian, "ò", {"è", "ò", "ù", "à", "ì", "é"}},
      {Language::polish, "ł", {"ą", "ć", "ę", "ł", "ń", "ó", "ś", "ź", "ż", "Ł", "Ś", "Ż"}}};
  for (const Accents& of : table) {
    CHECK(written(std::string("zz") + of.own) == Language::english);  // one alone is a name
    for (const char* accent : of.all) {
      INFO(accent);
      CHECK(written(std::string("zz") + of.own + " zz" + accent) == of.language);
    }
  }
}

TEST_CASE("a text of sixty bytes, or one with English words, needs more for another language") {
  const std::string code(53, 'x');
  CHECK(written("zzß" + code + "ß") == Language::german);    // 59 bytes
  CHECK(written("zzß" + code + "xß") == Language::english);  // 60
  CHECK(written("zzß" + code + "xßß") == Language::german);
  CHECK(written("zzß the ß") == Language::english);
  CHECK(written("zzß the ßß") == Language::german);
  CHECK(written("zzß the is ßß") == Language::english);
  CHECK(written("и в") == Language::english);  // too few letters for a script, and no Latin ones
}

TEST_CASE("three English function words without an accent make a text English") {
  CHECK(is_plainly_english("this is the build"));
  CHECK_FALSE(is_plainly_english("this is build"));
  CHECK_FALSE(is_plainly_english("this is the caf\u00e9"));
  CHECK(is_plainly_english("THIS, IS; THE"));
  CHECK(is_plainly_english("without it please"));
  CHECK_FALSE(is_plainly_english("withouts its pleases thisx theo"));
}

TEST_CASE("the first hundred words of a text tell whether it is English") {
  std::string names;
  for (int i = 0; i < 97; ++i) names += "zeppelin ";
  CHECK(is_plainly_english(names + "this is the"));
  CHECK_FALSE(is_plainly_english(names + "zeppelin this is the"));
}

TEST_CASE("the shipped dictionary has words of the trade in ten languages") {
  const Dictionary dictionary = shipped_dictionary();
  const auto first = [&](Language language, std::string_view text) {
    const auto meanings = dictionary.meanings(language, folded(text));
    return meanings.empty() ? std::string() : std::string(meanings[0].english);
  };
  CHECK(first(Language::german, "Datenbanken") == "database");
  CHECK(first(Language::french, "branches") == "branch");
  CHECK(first(Language::spanish, "ramas") == "branch");
  CHECK(first(Language::portuguese, "senhas") == "password");
  CHECK(first(Language::italian, "recuperare") == "recover");
  CHECK(first(Language::polish, "zależności") == "dependency");
  CHECK(first(Language::russian, "уязвимости") == "vulnerability");
  CHECK(first(Language::chinese, "缓存") == "cache");
  CHECK(first(Language::japanese, "証明書") == "certificate");
  CHECK(first(Language::korean, "접근성") == "accessibility");
}

TEST_CASE("a manifest in its owner's language is found by its own words, in this or another inflection") {
  const test::Library library = test::library_of(
      "skill:rechnung | Erstellt Rechnungen nach ZUGFeRD. Verwenden, wenn eine Rechnung gestellt wird.\n"
      "skill:otpusk | Считает остаток отпуска и готовит заявление.\n"
      "skill:presupuesto | Redacta presupuestos para clientes.\n"
      "skill:preventivo | Scrive preventivi per i clienti.\n");
  const Router router = library.router();
  CHECK(test::first_of(library, router, "stell bitte eine Rechnung an die Firma aus") == "rechnung");
  CHECK(test::first_of(library, router, "подготовь заявление на отпуск с понедельника") == "otpusk");
  CHECK(test::first_of(library, router, "redacta un presupuesto para el cliente nuevo") == "presupuesto");
  CHECK(test::first_of(library, router, "scrivi un preventivo per il cliente nuovo") == "preventivo");
}

}  // namespace cascade::route
