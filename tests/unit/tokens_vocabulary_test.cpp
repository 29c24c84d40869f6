#include "tokens/vocabulary.h"

#include <catch2/catch.hpp>
#include <set>

#include "hash/content_hash.h"
#include "tokens_small_vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;

namespace {

std::string small_table() { return *write_vocabulary(small_tokens(), "small"); }

// "malformed: …" or "ok".
std::string reading(std::string_view table) {
  const auto read = Vocabulary::read(table, "t.bin");
  if (read) return "ok";
  CHECK(read.error().path == "t.bin");
  return (read.error().code == ErrorCode::malformed ? "malformed: " : "unsupported: ") + read.error().message;
}

// Makes the header valid again after a change.
std::string with_header_sum(std::string table) {
  const std::uint64_t sum = hash::hash64(std::string_view(table).substr(0, format::header_sum_at));
  store(table, format::header_sum_at, sum);
  return table;
}

template <typename Number>
std::string with(std::string table, std::size_t at, Number number) {
  store(table, at, number);
  return with_header_sum(std::move(table));
}

std::string writing(const std::vector<std::string>& tokens, std::string_view name = "small") {
  const auto written = write_vocabulary(tokens, name);
  return written ? "ok" : written.error().message;
}

std::string parsing(std::string_view text) {
  const auto parsed = parse_rank_file(text);
  if (!parsed) return parsed.error().message;
  std::string out;
  for (const std::string& token : *parsed) out += token + ".";
  return out;
}

}  // namespace

TEST_CASE("every token is found by its bytes, and nothing else is") {
  const SmallVocabulary small;
  CHECK(small.vocabulary.size() == small_tokens().size());
  for (Rank rank = 0; rank < small.vocabulary.size(); ++rank) {
    CHECK(small.vocabulary.find(small_tokens()[rank]) == rank);
    CHECK(small.vocabulary.text(rank) == small_tokens()[rank]);
  }
  CHECK(small.vocabulary.find("") == no_rank);
  CHECK(small.vocabulary.find("hel") == no_rank);
  CHECK(small.vocabulary.find("hellos") == no_rank);
  CHECK(small.vocabulary.text(small.vocabulary.size()).empty());
  CHECK(small.vocabulary.text(no_rank).empty());
}

TEST_CASE("a token is found only where all bytes of its text are the same, at any length") {
  std::vector<std::string> words;
  for (std::size_t size = 2; size <= 40; ++size) words.push_back(std::string(size - 1, 'x') + 'y');
  std::string table = *write_vocabulary(with_all_bytes(words), "small");
  const Vocabulary vocabulary = *Vocabulary::read(table, "t.bin");
  for (Rank rank = 256; rank < vocabulary.size(); ++rank) {
    const std::string word = words[rank - 256];
    REQUIRE(vocabulary.text(rank) == word);
    CHECK(vocabulary.find(word) == rank);
    const auto at = static_cast<std::size_t>(vocabulary.text(rank).data() - table.data());
    for (std::size_t i = 0; i < word.size(); ++i) {
      table[at + i] ^= 1;
      CHECK(vocabulary.find(word) == no_rank);
      table[at + i] ^= 1;
    }
  }
}

TEST_CASE("tokens that their line has no room for are found in a later one, and what is no token ends its search") {
  Random random{3};
  std::set<std::string> words;
  while (words.size() < 6000) words.insert(random_text(random, {"a", "b", "xy", "\xFF", "the"}, 2 + random.below(9)));
  std::erase_if(words, [](const std::string& word) { return word.size() < 2; });
  std::set<std::string> kept = words;
  std::erase_if(kept, [&random](const std::string&) { return random.below(2) == 0; });
  const SmallVocabulary small(with_all_bytes({kept.begin(), kept.end()}));
  CHECK(load<std::uint32_t>(small.table, format::longest_way_at) >= 2);
  for (const std::string& word : words) {
    const Rank rank = small.vocabulary.find(word);
    CHECK((rank != no_rank) == kept.contains(word));
    if (rank != no_rank) CHECK(small.vocabulary.text(rank) == word);
  }
}

TEST_CASE("a pair of bytes has the rank of its two bytes") {
  const SmallVocabulary small;
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string both = {static_cast<char>(first), static_cast<char>(second)};
      REQUIRE(small.vocabulary.find_pair(static_cast<unsigned char>(first), static_cast<unsigned char>(second)) ==
              small.vocabulary.find(both));
    }
  }
}

TEST_CASE("the same tokens make the same bytes") {
  CHECK(small_table() == small_table());
  CHECK(Vocabulary::read(small_table(), "")->id() == Vocabulary::read(small_table(), "")->id());
  const std::string id = SmallVocabulary().vocabulary.id();
  CHECK(id.substr(0, 6) == "small-");
  CHECK(id.size() == 14);
  CHECK(SmallVocabulary(with_all_bytes({"a1"})).vocabulary.id() !=
        SmallVocabulary(with_all_bytes({"a2"})).vocabulary.id());
}

TEST_CASE("the example of docs/formats/vocabulary.md is what is written") {
  const std::string table = *write_vocabulary(with_all_bytes({"ab"}), "small");
  CHECK(table.size() == 271'552);
  std::string header;
  for (const char byte : table.substr(0, format::header_size))
    header += hash::to_hex(static_cast<unsigned char>(byte)).substr(14);
  CHECK(header ==
        "43415343564f430a0200000001010000"
        "81000000020000000000000000000000"
        "c0240400000000005b38bbae791df641"
        "736d616c6c00000036b590d52327dac8");
  CHECK(load<std::uint64_t>(table, 5776) == 0x6261);
  CHECK(load<std::uint64_t>(table, 5784) == 0x0200010000000000);
  const format::Layout layout = format::layout_of(257, 129, 0);
  CHECK(load<std::uint32_t>(table, layout.places_at + 256 * sizeof(std::uint32_t)) == 357);
  CHECK(layout.pairs_at == 8320);
  CHECK(layout.places_at == 270'464);
  CHECK(layout.texts_at == 271'552);
}

TEST_CASE("what is no table is refused") {
  const std::string table = small_table();
  CHECK(reading("") == "malformed: not a usable vocabulary table: it does not begin like one");
  CHECK(reading("CASCVOC\n") == "malformed: not a usable vocabulary table: it does not begin like one");
  CHECK(reading(std::string(1000, 'x')) == "malformed: not a usable vocabulary table: it does not begin like one");
  CHECK(reading(table) == "ok");
}

TEST_CASE("a table of another version is told apart from a damaged one") {
  const std::string table = with(small_table(), format::version_at, std::uint32_t{1});
  CHECK(reading(table) == "unsupported: vocabulary table of version 1, this program reads 2");
}

TEST_CASE("a truncated or longer table is refused at every length") {
  const std::string table = small_table();
  for (std::size_t size = 0; size < table.size(); size += 7)
    CHECK(reading(std::string_view(table).substr(0, size)) != "ok");
  CHECK(reading(table + "x") == "malformed: not a usable vocabulary table: its length is not what the header says");
}

TEST_CASE("a changed bit of the header is noticed") {
  for (std::size_t bit = 0; bit < format::header_size * 8; ++bit) {
    std::string table = small_table();
    table[bit / 8] = static_cast<char>(table[bit / 8] ^ (1 << bit % 8));
    CHECK(reading(table) != "ok");
  }
}

TEST_CASE("numbers in a well-summed header are still checked") {
  const std::string table = small_table();
  const std::string range = "malformed: not a usable vocabulary table: a number in the header is out of range";
  const std::string length = "malformed: not a usable vocabulary table: its length is not what the header says";
  CHECK(reading(with(table, format::lines_at, std::uint32_t{0})) == range);
  CHECK(reading(with(table, format::lines_at, std::uint32_t{0xFFFFFFFF})) == range);
  CHECK(reading(with(table, format::entries_at, std::uint32_t{0xFFFFFFFF})) == range);
  CHECK(reading(with(table, format::longest_token_at, std::uint32_t{256})) == range);
  CHECK(reading(with(table, format::lines_at, std::uint32_t{20})) == length);
  CHECK(reading(with(table, format::entries_at, std::uint32_t{1000})) == length);
  CHECK(reading(with(table, format::text_size_at, std::uint32_t{0xFFFFFFFF})) == length);
  CHECK(reading(with(table, format::file_size_at, std::uint64_t{1} << 60)) == length);
  CHECK(reading(with(table, format::name_at, std::uint64_t{0})) ==
        "malformed: not a usable vocabulary table: it has no name");
  CHECK(reading(with(table, format::name_at, '\n')) == "malformed: not a usable vocabulary table: it has no name");
}

TEST_CASE("verifying reads the contents too") {
  std::string table = small_table();
  CHECK(Vocabulary::read(table, "t.bin")->verify("t.bin"));
  table.back() = static_cast<char>(table.back() ^ 1);
  const auto read = Vocabulary::read(table, "t.bin");
  REQUIRE(read);
  CHECK(read->verify("t.bin").error().message == "not a usable vocabulary table: its contents are damaged");
}

TEST_CASE("damaged contents behind a good header give answers, if wrong ones") {
  Random random{1};
  std::vector<std::string> tokens = small_tokens();
  tokens.push_back("a token of many bytes");
  const std::string whole = *write_vocabulary(tokens, "small");
  const std::size_t lines_end = format::layout_of(0, load<std::uint32_t>(whole, format::lines_at), 0).pairs_at;
  for (int round = 0; round < 300; ++round) {
    std::string table = whole;
    for (int change = 0; change < 400; ++change) {
      const std::size_t end = change % 2 == 0 ? lines_end : table.size();  // most of it is pairs
      table[format::header_size + random.below(end - format::header_size)] = static_cast<char>(random.next());
    }
    if (round % 3 == 0)
      table.replace(format::header_size, table.size() - format::header_size, table.size() - format::header_size,
                    static_cast<char>(random.next()));
    table = with(table, format::longest_way_at, round % 2 == 0 ? std::uint32_t{0xFFFFFFFF} : std::uint32_t{3});
    const auto read = Vocabulary::read(table, "t.bin");
    REQUIRE(read);
    const std::string piece = random_text(random, small_tokens(), 1 + random.below(120));
    const std::vector<std::string_view> searches = {piece, "", "the", " ", "a token of many bytes"};
    for (const std::string_view search : searches) read->ask(search);
    std::vector<std::uint32_t> counts(searches.size());
    count_pieces(*read, {searches.data() + 2, searches.size() - 2}, counts.data());
    std::vector<Rank> ranks;
    encode_piece(*read, piece, ranks);
    CHECK(ranks.size() <= piece.size());
    for (const Rank rank : ranks) CHECK(read->text(rank).size() <= table.size());
  }
}

TEST_CASE("a vocabulary that could not encode every text is not written") {
  CHECK(writing(small_tokens()) == "ok");
  CHECK(writing({"a", "b"}) == "a single byte is no token");
  CHECK(writing(with_all_bytes({"ab", "ab"})) == "a token is there twice");
  CHECK(writing(with_all_bytes({"a token of many bytes", "ab", "a token of many bytes"})) == "a token is there twice");
  CHECK(writing(with_all_bytes({""})) == "token 256 is empty");
  CHECK(writing(with_all_bytes({std::string(256, 'a')})) == "token 256 is too long");
  CHECK(writing(std::vector<std::string>(300'000, "a")) == "too many tokens");
  CHECK(writing(small_tokens(), "") == "the name is not one to eight of a-z, 0-9 and '_'");
  CHECK(writing(small_tokens(), "too_long_a_name") == "the name is not one to eight of a-z, 0-9 and '_'");
}

TEST_CASE("a rank file is read whatever the order of its lines") {
  CHECK(parsing("YQ== 0\nYWI= 1\nYWJj 2\n") == "a.ab.abc.");
  CHECK(parsing("YWI= 1\nYQ== 0") == "a.ab.");
  CHECK(parsing("") == "");
  CHECK(parsing("/+8= 0\n") == "\xFF\xEF.");
}

TEST_CASE("a line of a rank file that is none is named") {
  CHECK(parsing("YQ==\n") == "line 1: expected a token and its rank");
  CHECK(parsing("YQ== 0\n\n") == "line 2: expected a token and its rank");
  CHECK(parsing("YQ=a 0\n") == "line 1: the token is not base64");
  CHECK(parsing("Y!== 0\n") == "line 1: the token is not base64");
  CHECK(parsing("==== 0\n") == "line 1: the token is not base64");
  CHECK(parsing("YQ 0\n") == "line 1: the token is not base64");
  CHECK(parsing("YQ== x\n") == "line 1: the rank is no number in range");
  CHECK(parsing("YQ== 0\r\n") == "line 1: the rank is no number in range");
  CHECK(parsing("YQ== 99999999\n") == "line 1: the rank is no number in range");
  CHECK(parsing("YQ== 0\nYg== 0\n") == "line 2: the rank is there twice");
  CHECK(parsing("YQ== 0\nYg== 2\n") == "rank 1 is missing");
}
