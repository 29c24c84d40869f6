#include <catch2/catch.hpp>

#include "route/answer/language.h"
#include "route/build/dictionary_table.h"
#include "route/dictionary.h"

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
  CHECK(written("ping @nicht @warum") == Language::english);
  CHECK(written("ping .nicht .warum") == Language::english);
  CHECK(written("ask @nicht and @warum about the nightly run") == Language::english);
  CHECK(written("warum.md nicht.txt und.py: open them") == Language::english);
  CHECK(written("") == Language::english);
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

}  // namespace cascade::route
