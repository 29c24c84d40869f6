// The shipped vocabulary against what the reference implementation gave. Skipped, with a message, where the vocabulary
// (scripts/vocabulary) or the shared material is absent.
#include <cascade/tokens.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>

#include "files/mapped_file.h"
#include "files/tree.h"
#include "source_folder.h"
#include "syntax/json.h"
#include "tokens/vocabulary.h"
#include "unicode/utf8.h"

using namespace cascade;

namespace {

const std::string table_path = test::source_folder() + "/share/cascade/o200k.bin";
const std::string vectors_path = test::source_folder() + "/../shared/fixtures/tokens/vectors.jsonl";
const std::string corpus_path = test::source_folder() + "/../shared/corpora/context-cascade";

std::optional<TokenCounter> shipped_counter() {
  auto counter = TokenCounter::open(table_path);
  if (counter) return *counter;
  REQUIRE(counter.error().code == ErrorCode::not_found);
  WARN("skipped: no vocabulary; run scripts/vocabulary");
  return std::nullopt;
}

std::string contents(const std::string& path) {
  auto text = files::DiskTree().read(path, 1 << 24);
  return text ? *text : "";
}

std::string from_base64(std::string_view text) {
  const std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0, count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<std::uint32_t>(digits.find(c));
    count += 6;
    if (count >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  return out;
}

std::string input_of(const syntax::Node& vector) {
  if (const syntax::Node* text = vector.find("text")) return text->text;
  if (const syntax::Node* base64 = vector.find("base64")) return from_base64(base64->text);
  const syntax::Node* repeat = vector.find("repeat");
  REQUIRE(repeat != nullptr);
  std::string out;
  for (int times = std::stoi(repeat->items[1].text); times > 0; --times) out += repeat->items[0].text;
  return out;
}

std::string ids_of(const std::vector<std::uint32_t>& ids, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) out += std::to_string(ids[i]) + " ";
  return out;
}

std::vector<std::string> manifests(const std::string& corpus) {
  std::vector<std::string> found;
  for (const char* folder : {"skills", "agents", "commands"}) {
    if (!std::filesystem::exists(corpus + "/" + folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus + "/" + folder)) {
      const std::string name = entry.path().filename().string();
      const bool is_manifest =
          std::string_view(folder) == "skills" ? name == "SKILL.md" : entry.path().extension() == ".md";
      if (entry.is_regular_file() && is_manifest) found.push_back(entry.path().string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("the reference's counts and first ids are ours, for 400 texts") {
  const auto counter = shipped_counter();
  const std::string vectors = contents(vectors_path);
  if (vectors.empty()) WARN("skipped: no vectors");
  if (!counter || vectors.empty()) return;
  std::size_t seen = 0;
  for (std::size_t at = 0; at < vectors.size(); ++seen) {
    const std::size_t end = vectors.find('\n', at);
    const syntax::Parsed parsed = syntax::parse_json(std::string_view(vectors).substr(at, end - at));
    at = end + 1;
    CAPTURE(parsed.root.find("id")->text);
    const std::string text = input_of(parsed.root);
    REQUIRE(std::to_string(text.size()) == parsed.root.find("bytes")->text);
    const syntax::Node* expected = parsed.root.find("o200k");
    CHECK(std::to_string(counter->count(text).tokens) == expected->find("count")->text);
    std::string first;
    for (const syntax::Node& id : expected->find("first")->items) first += id.text + " ";
    const auto ids = counter->encode(text);
    CHECK(std::to_string(ids.size()) == expected->find("count")->text);
    CHECK(ids_of(ids, 20) == first);
  }
  CHECK(seen == 400);
}

TEST_CASE("the shipped table is whole and decodes what it encodes") {
  const auto counter = shipped_counter();
  if (!counter) return;
  const auto file = files::MappedFile::open(table_path);
  REQUIRE(file);
  const auto vocabulary = tokens::Vocabulary::read(file->bytes(), table_path);
  REQUIRE(vocabulary);
  CHECK(vocabulary->verify(table_path));
  CHECK(vocabulary->size() == 199'998);
  CHECK(vocabulary->longest_token() == 128);
  CHECK(vocabulary->id().substr(0, 6) == "o200k-");
  const std::string text = contents(test::source_folder() + "/docs/architecture.md") + "日本語 😀 \xFF";
  std::string decoded;
  for (const std::uint32_t id : counter->encode(text)) decoded += vocabulary->text(id);
  CHECK(decoded == unicode::replace_invalid(text));
}

TEST_CASE("the manifests of context-cascade have 1,548,741 tokens, whole or by lines that may be counted alone") {
  const auto counter = shipped_counter();
  const std::vector<std::string> paths = manifests(corpus_path);
  if (paths.empty()) WARN("skipped: no corpus");
  if (!counter || paths.empty()) return;
  CHECK(paths.size() == 760);
  std::uint64_t whole = 0, by_parts = 0;
  for (const std::string& path : paths) {
    const std::string text = contents(path);
    whole += counter->count(text).tokens;
    std::size_t begin = 0;
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
      if (at + 1 >= text.size() || text.find_first_of("#-*abcdeABCDE`|", at + 1) != at + 1) continue;
      by_parts += counter->count(std::string_view(text).substr(begin, at + 1 - begin)).tokens;
      begin = at + 1;
    }
    by_parts += counter->count(std::string_view(text).substr(begin)).tokens;
  }
  CHECK(whole == 1'548'741);
  CHECK(by_parts == 1'548'741);
}

TEST_CASE("the estimate is within the margin that docs/tokens.md states") {
  const auto counter = shipped_counter();
  const std::vector<std::string> paths = manifests(corpus_path);
  if (paths.empty()) WARN("skipped: no corpus");
  if (!counter || paths.empty()) return;
  const TokenCounter estimating = TokenCounter::estimating();
  std::uint64_t exact = 0, estimate = 0;
  for (const std::string& path : paths) {
    const std::string text = contents(path);
    const std::uint64_t tokens = counter->count(text).tokens, estimated = estimating.count(text).tokens;
    exact += tokens;
    estimate += estimated;
    CAPTURE(path, tokens, estimated);
    if (tokens >= 200) CHECK((estimated * 100 >= tokens * 88 && estimated * 100 <= tokens * 112));
  }
  CHECK(estimate * 100 >= exact * 97);
  CHECK(estimate * 100 <= exact * 103);
}
