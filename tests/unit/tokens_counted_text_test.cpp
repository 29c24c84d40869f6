#include "tokens/counted_text.h"

#include <catch2/catch.hpp>

#include "tokens_small_vocabulary.h"
#include "unicode/utf8.h"

using namespace cascade;
using namespace cascade::tokens;
using namespace std::string_literals;

namespace {

const std::vector<std::string> awkward = {
    "a",      "B",      "Word",   "XYZ",      "\u65E5", "\u65E5ABC", "hello",
    " the",   "'s",     "'",      "'l",       "12",     "1234",      " ",
    "  ",     "\t",     "\n",     "\n",       "\r\n",   "\r",        "\n\n",
    "\v",     "\f",     "/",      "//",       ".",      "(",         "--",
    "\u2014", "\u3000", "\u2028", "\u0085",   "\u0301", "\u017F",    "\u00E9",
    "\u20AC", "\xFF",   "\0"s,    "\xE2\x82", "\xE2",   "\x80",      "\xF0\x9F\x98\x80",
    "!`",     "# a\n",  "- b\n",  "  c.\n",   ":\n",    "\n/",       "\n  /x"};

// Where texts are cut, white space, breaks, slashes and what stands beside them decide.
const std::vector<std::string> beside_cuts = {"a",  ".", "\n",     "\n",     " ",       "\t",
                                              "\r", "/", "\u3000", "\u2028", "\xE2\x80"};

TokenCounter small_counter() {
  const TableFile file(*write_vocabulary(small_tokens(), "small"));
  auto counter = TokenCounter::open(file.path);
  REQUIRE(counter);
  return *counter;
}

std::string joined(std::string_view text, const std::vector<ByteRange>& ranges, std::string_view tail,
                   std::string_view head = "") {
  std::string out(head);
  for (const ByteRange& range : ranges) out += text.substr(range.begin, range.size());
  return out.append(tail);
}

Cost counted(const CountedText& text, const std::vector<ByteRange>& ranges, std::string_view tail,
             std::string_view head = "") {
  return text.count(head, {ranges.data(), ranges.size()}, tail);
}

std::vector<std::size_t> line_begins(std::string_view text) {
  std::vector<std::size_t> begins{0};
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && text.substr(i + 1, 1) != "\n")) begins.push_back(i + 1);
  begins.push_back(text.size());
  return begins;
}

// Up to three ranges in order between these places.
std::vector<ByteRange> random_ranges(Random& random, std::vector<std::size_t> places) {
  std::vector<ByteRange> ranges;
  std::size_t from = 0;
  for (std::size_t n = random.below(4); n > 0; --n) {
    const std::size_t begin = from + random.below(places.size() - from);
    from = begin + random.below(places.size() - begin);
    ranges.push_back({places[begin], places[from]});
  }
  return ranges;
}

void check_all(const TokenCounter& counter, const std::vector<std::string>& snippets, std::size_t most) {
  Random random{1};
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random, snippets, random.below(most));
    const CountedText whole(counter, text);
    REQUIRE(whole.cost() == counter.count(text));
    if (counter.exact()) REQUIRE(whole.cost().tokens == counter.encode(text).size());  // nothing remembered
    std::vector<std::size_t> anywhere;
    for (std::size_t i = 0; i <= text.size(); ++i) anywhere.push_back(i);
    for (const auto& places : {line_begins(text), anywhere}) {
      for (const std::string tail : {"\n\n", "", "\n", "x", "/", "\xA9", "\n\n(Note.)\n\n"}) {
        const std::vector<ByteRange> ranges = random_ranges(random, places);
        const std::string head = std::vector<std::string>{"", "", " ", "a\n", "."}[random.below(5)];
        const std::string long_way = joined(text, ranges, tail, head);
        CAPTURE(unicode::displayable(text), unicode::displayable(long_way));
        REQUIRE(counted(whole, ranges, tail, head) == counter.count(long_way));
      }
    }
  }
}

}  // namespace

TEST_CASE("a text costs as parts of a counted text what it costs by itself") {
  check_all(small_counter(), awkward, 40);
  check_all(small_counter(), beside_cuts, 16);
  check_all(TokenCounter::estimating(), awkward, 40);
  check_all(TokenCounter::estimating(), beside_cuts, 16);
}

TEST_CASE("a text of thousands of pieces has them all, each with its count") {
  const TokenCounter counter = small_counter();
  Random random{4};
  for (const std::size_t size : {400, 511, 512, 513, 1024, 5000}) {
    std::string text;  // words by themselves on their lines: two pieces each, of one token each
    for (std::size_t i = 0; i < size; ++i) text += random.below(2) == 0 ? "the\n" : "here\n";
    const CountedText words(counter, text);
    REQUIRE(words.cost().tokens == 2 * size);
    const std::string awkward_text = random_text(random, awkward, size);
    const CountedText whole(counter, awkward_text);
    REQUIRE(whole.cost().tokens == counter.encode(awkward_text).size());
    const std::vector<std::size_t> begins = line_begins(text), awkward_begins = line_begins(awkward_text);
    for (int round = 0; round < 100; ++round) {
      const std::vector<ByteRange> lines = random_ranges(random, begins);
      REQUIRE(counted(words, lines, "\n\n").tokens == counter.encode(joined(text, lines, "\n\n")).size());
      const std::vector<ByteRange> parts = random_ranges(random, awkward_begins);
      REQUIRE(counted(whole, parts, "\n\n").tokens == counter.encode(joined(awkward_text, parts, "\n\n")).size());
    }
  }
}

TEST_CASE("parts in any order and more than once are counted too") {
  const TokenCounter counter = small_counter();
  const std::string text = "# the\n\nhello in the--\n\n/there\n";
  const CountedText whole(counter, text);
  for (const std::vector<ByteRange>& ranges : std::vector<std::vector<ByteRange>>{
           {{23, 30}, {0, 7}}, {{0, 7}, {0, 7}}, {{7, 23}, {23, 30}}, {{0, 23}, {24, 30}}, {{7, 21}, {23, 30}}, {}})
    CHECK(counted(whole, ranges, "\n\n") == counter.count(joined(text, ranges, "\n\n")));
}

TEST_CASE("white space beyond ASCII that begins a part is joined with the line break before it") {
  const TokenCounter counter = TokenCounter::estimating();
  const std::string text = "a\n.\n\u3000\nb\n";
  CHECK(counter.count("a\n\u3000\nb\n").tokens == 4);
  CHECK(counted(CountedText(counter, text), {{0, 2}, {4, text.size()}}, "").tokens == 4);
}

TEST_CASE("an empty text has parts that cost nothing") {
  const TokenCounter counter = small_counter();
  const CountedText whole(counter, "");
  CHECK(whole.cost() == Cost{0, 0});
  CHECK(counted(whole, {{0, 0}}, "") == Cost{0, 0});
  CHECK(counted(whole, {}, "hello") == Cost{1, 5});
}
