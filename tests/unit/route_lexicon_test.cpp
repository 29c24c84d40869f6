#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "route/build/lexicon.h"
#include "route/records.h"
#include "route/words.h"
#include "source_folder.h"
#include "syntax/json.h"

namespace cascade::route {
namespace {

// The concepts that a prompt expresses under a lexicon of a few lines.
std::string concepts_in(const std::string& lines, std::string_view prompt) {
  Vocabulary vocabulary;
  const Lexicon lexicon = compile_lexicon(lines, vocabulary);
  CHECK(lexicon.faults.empty());
  std::vector<std::uint32_t> sign_of(vocabulary.size() + 1000, no_sign);
  for (std::uint32_t sign = 0; sign < lexicon.sign_terms.size(); ++sign)
    if (lexicon.sign_terms[sign] != none) sign_of[lexicon.sign_terms[sign]] = sign;
  SignText text;
  std::uint32_t sentence = 0;
  WordReader reader(prompt);
  for (Word word; reader.next(word);) {
    if (word.before == Break::sentence) ++sentence;
    text.push_back({sign_of.at(vocabulary.of_word(word.text)), no_sign, sentence});
  }
  PatternHits hits;
  const PatternTables tables = lexicon.tables();
  PatternMatcher(tables).match(text, hits);
  std::set<std::string> found;
  for (const PatternHit& hit : hits.hits) found.insert(lexicon.concepts[lexicon.patterns[hit.pattern].concept_id]);
  std::string out;
  for (const std::string& name : found) out += (out.empty() ? "" : " ") + name;
  return out;
}

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> words;
  WordReader reader(text);
  for (Word word; reader.next(word);)
    if (!word.inside) words.emplace_back(word.text);
  return words;
}

std::set<std::string> rows_of_four(const std::vector<std::string>& words) {
  std::set<std::string> rows;
  for (std::size_t i = 0; i + 4 <= words.size(); ++i)
    rows.insert(words[i] + " " + words[i + 1] + " " + words[i + 2] + " " + words[i + 3]);
  return rows;
}

}  // namespace

TEST_CASE("bytes that are no compiled lexicon are refused") {
  CHECK_FALSE(LexiconTable().open(""));
  CHECK_FALSE(LexiconTable().open("a lexicon is longer than this and begins otherwise"));
  CHECK_FALSE(LexiconTable().open(lexicon_table_bytes().substr(0, 64)));
  CHECK(LexiconTable().open(lexicon_table_bytes()));
}

TEST_CASE("a phrase's words may stand in any order, near each other and in other forms") {
  const std::string lines = "ci\tsays\tbuild fail\n";
  CHECK(concepts_in(lines, "the build is failing") == "ci");
  CHECK(concepts_in(lines, "it fails to build") == "ci");
  CHECK(concepts_in(lines, "the build is fine") == "");
  CHECK(concepts_in(lines, "we build it. tests fail") == "");
  CHECK(concepts_in(lines, "build one two three four five six seven eight fails") == "");
}

TEST_CASE("alternatives are separated by slashes, words in a row joined by underscores") {
  const std::string lines = "live\tsays\tgo_live/launch friday\n";
  CHECK(concepts_in(lines, "we launch on friday") == "live");
  CHECK(concepts_in(lines, "friday we go live") == "live");
  CHECK(concepts_in(lines, "friday we live and go") == "");
}

TEST_CASE("a word after an exclamation mark must not stand in the sentence") {
  const std::string lines = "docker\tsays\timage build !picture\n";
  CHECK(concepts_in(lines, "build the image") == "docker");
  CHECK(concepts_in(lines, "build the image from a picture") == "");
}

TEST_CASE("a set of words is written once and used by name") {
  CHECK(concepts_in("$\tchange\tdiff patch\nreview\tsays\tlook $change\n", "look at my patch") == "review");
}

TEST_CASE("a word that is part of a known row does not count alone") {
  const std::string lines = "logging\tis\tlog\nauth\tis\tlog_out\n";
  CHECK(concepts_in(lines, "users log out") == "auth");
  CHECK(concepts_in(lines, "read the log") == "logging");
}

TEST_CASE("other spellings count as what they mean") {
  CHECK(concepts_in("=\tkubernetes\tk8s\nk\tis\tkubernetes\n", "deploy to k8s") == "k");
}

TEST_CASE("error codes are known by their shape") {
  CHECK(concepts_in("ts\tsays\tts#\n", "nothing") == "");
  Vocabulary vocabulary;
  CHECK(compile_lexicon("ts\tsays\tts#\n", vocabulary).patterns.size() == 1);
}

TEST_CASE("lines that say nothing are faults") {
  Vocabulary vocabulary;
  const Lexicon lexicon = compile_lexicon("# a comment\nci\tsays\nci\tmeans\tbuild\nci\tsays\t!a\n", vocabulary);
  CHECK(lexicon.faults == std::vector<std::string>{"2: not three columns", "3: no such column", "4: an empty phrase"});
}

TEST_CASE("the shipped lexicon has no faults and covers the trade") {
  Vocabulary vocabulary;
  const Lexicon lexicon = compile_lexicon(lexicon_text(), vocabulary);
  CHECK(lexicon.faults == std::vector<std::string>{});
  CHECK(lexicon.concepts.size() > 250);
  CHECK(lexicon.patterns.size() > 3000);
  CHECK(lexicon.concepts.size() < 65535);
  CHECK(lexicon.patterns.size() < 65535);
}

TEST_CASE("the table that is compiled in is the lexicon's text compiled anew") {
  CHECK((write_lexicon_table(lexicon_text()) == lexicon_table_bytes()));
}

TEST_CASE("a vocabulary of the lexicon's table knows every word as one that compiled the text") {
  Vocabulary compiled;
  const Lexicon lexicon = compile_lexicon(lexicon_text(), compiled);
  const LexiconTable table = lexicon_table();
  Vocabulary taken = vocabulary_of(table);
  REQUIRE(taken.words() == compiled.words());
  REQUIRE(taken.size() >= compiled.size());
  for (std::uint32_t word = 0; word < compiled.words(); ++word) {
    CHECK(taken.spelling(word) == compiled.spelling(word));
    CHECK(taken.text(taken.term_of(word)) == compiled.text(compiled.term_of(word)));
  }
  for (const std::string_view word : {"k8s", "postgres", "a word that is nowhere"})
    CHECK(taken.text(taken.of_word(word)) == compiled.text(compiled.of_word(word)));
}

TEST_CASE("a concept of the shipped lexicon is named by something, not only asked for") {
  std::set<std::string> asked, named;
  for (const LexiconLine& line : lexicon_lines(lexicon_text())) {
    const std::string name(line.concept_name);
    if (name == "=" || name == "%" || name == "$" || name[0] == '@') continue;
    (line.column == "is" ? named : asked).insert(name);
  }
  for (const std::string& name : named) asked.erase(name);
  CHECK(asked == std::set<std::string>{});
}

TEST_CASE("no line of the lexicon holds four words in a row of a development query") {
  std::ifstream file(test::source_folder() + "/../shared/routing/dev.jsonl");
  if (!file) {
    WARN("skipped: ../shared/routing is not there");
    return;
  }
  std::set<std::string> asked;
  for (std::string line; std::getline(file, line);) {
    const syntax::Parsed parsed = syntax::parse_json(line);
    const syntax::Node* query = parsed.root.find("query");
    if (query != nullptr) asked.merge(rows_of_four(plain_words(query->text)));
  }
  REQUIRE(asked.size() > 1000);
  std::vector<std::string> found;
  for (const LexiconLine& line : lexicon_lines(lexicon_text())) {
    std::string value(line.value);
    for (std::size_t begin = 0; begin < value.size();) {
      const std::size_t end = std::min(value.find('|', begin), value.size());
      for (const std::string& row : rows_of_four(plain_words(std::string_view(value).substr(begin, end - begin))))
        if (asked.count(row) != 0) found.push_back(std::string(line.concept_name) + ": " + row);
      begin = end + 1;
    }
  }
  CHECK(found == std::vector<std::string>{});
}

}  // namespace cascade::route
