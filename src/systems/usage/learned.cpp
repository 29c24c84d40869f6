// All in whole numbers, so that the same counts give the same factors on every machine.
#include "usage/learned.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "files/paths.h"
#include "hash/content_hash.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::usage {
namespace {

constexpr std::uint64_t million = 1'000'000, most_bytes = 16u << 20;
constexpr std::uint64_t most_count = million;  // above, counts are scaled down, so that nothing overflows
constexpr std::string_view schema = "cascade.learned/1";

// How many of the uses are not what the placebos would have shown as well, in millionths of one use.
std::uint64_t own_uses(const Exposure& one) noexcept {
  const std::uint64_t by_chance = one.placebo.of == 0 ? 0 : one.used.of * one.placebo.hits * million / one.placebo.of;
  const std::uint64_t hits = one.used.hits * million;
  return hits - std::min(hits, by_chance);
}

bool is_sane(const Exposure& one) noexcept {
  return one.used.hits <= one.used.of && one.placebo.hits <= one.placebo.of && one.used.of <= most_count &&
         one.placebo.of <= placebos_of_each * most_count;
}

std::uint64_t number_in(const syntax::Node& object, std::string_view key, int base = 10) {
  const syntax::Node* const node = object.find(key);
  std::uint64_t value = 0;
  if (node != nullptr) std::from_chars(node->text.data(), node->text.data() + node->text.size(), value, base);
  return value;
}

void put_count(syntax::JsonWriter& json, std::string_view key, std::string_view of, Count count) {
  json.key(key).number(count.hits).key(of).number(count.of);
}

}  // namespace

Exposures exposures_of(const Report& report, const std::function<bool(const std::string& session)>& takes) {
  Exposures all;
  for (const Fate& fate : report.fates) {
    if (!fate.known || fate.section_hash == 0 || (takes && !takes(fate.session))) continue;
    Exposure& one = all[fate.section_hash];
    if (one.used.of >= most_count) continue;
    one.manifest = fate.manifest;
    one.used.hits += fate.shown.any() ? 1 : 0;
    ++one.used.of;
    one.placebo.hits += fate.placebo.hits;
    one.placebo.of += fate.placebo.of;
  }
  return all;
}

std::uint64_t mean_of(const Exposures& all) noexcept {
  std::uint64_t uses = 0, judged = 0;
  for (const auto& [hash, each] : all) {
    if (!is_sane(each)) continue;
    uses += own_uses(each);
    judged += each.used.of;
  }
  return judged == 0 ? 0 : uses / judged;
}

// A Beta posterior: the average of all sections counts as twenty exposures of this one.
std::uint32_t factor_of(const Exposure& one, std::uint64_t mean, std::uint64_t least) noexcept {
  constexpr std::uint64_t usual = 1'000;
  if (one.used.of < least || !is_sane(one) || mean == 0) return usual;
  const std::uint64_t posterior = (own_uses(one) + prior_exposures * mean) / (one.used.of + prior_exposures);
  return static_cast<std::uint32_t>(
      std::clamp<std::uint64_t>(posterior * usual / mean, least_per_mille, most_per_mille));
}

Learned learned_of(const Exposures& exposures, std::uint64_t least) {
  Learned learned;
  const std::uint64_t mean = mean_of(exposures);
  std::string key;
  for (const auto& [hash, one] : exposures) {  // in the order of hashes
    const std::uint32_t factor = factor_of(one, mean, least);
    if (factor == 1'000) continue;
    learned.values.push_back({hash, factor});
    key += hash::to_hex(hash) + " " + std::to_string(factor) + "\n";
  }
  learned.source = learned.values.empty() ? 0 : hash::hash64(key);
  return learned;
}

std::string learned_file(const Exposures& exposures, const Kept& kept) {
  const Learned learned = learned_of(exposures);
  const std::uint64_t mean = mean_of(exposures);
  syntax::JsonWriter json;
  json.begin_object().key("schema").string(schema).key("source").string(hash::to_hex(learned.source));
  json.key("evaluation").begin_object();
  put_count(json, "kept_with_usual_values", "used_sections", kept.usual);
  json.key("kept_with_moved_values").number(kept.moved.hits).end_object();
  json.key("sections").begin_array();
  for (const auto& [hash, one] : exposures) {
    json.begin_object().key("hash").string(hash::to_hex(hash)).key("manifest").string(one.manifest);
    put_count(json, "used", "judged", one.used);
    put_count(json, "placebo_used", "placebos", one.placebo);
    json.key("per_mille").number(factor_of(one, mean)).end_object();
  }
  json.end_array().end_object();
  return json.take() + "\n";
}

std::string learned_path(const std::string& state) { return files::join(state, "learned.json"); }

// The counts decide; the factors that stand beside them in the file are for people.
Result<Learned> read_learned(const files::Tree& tree, const std::string& state) {
  if (state.empty()) return Learned{};
  const std::string path = learned_path(state);
  const auto text = tree.read(path, most_bytes);
  if (!text && text.error().code == ErrorCode::not_found) return Learned{};
  if (!text) return text.error();
  constexpr syntax::NodeLimits limits{.bytes = most_bytes, .depth = 8, .nodes = 2'000'000, .alias_nodes = 0};
  const syntax::Parsed parsed = syntax::parse_json(*text, limits);
  const syntax::Node* const sections = parsed.root.find("sections");
  if (!parsed.faults.empty() || sections == nullptr || syntax::text_of(parsed.root, "schema") != schema)
    return Error{ErrorCode::malformed, "this is not what was learned about sections", path,
                 "cascade usage learn writes it anew; without it, values are the usual ones"};
  Exposures exposures;
  for (const syntax::Node& section : sections->items)
    exposures[number_in(section, "hash", 16)] = {syntax::text_of(section, "manifest"),
                                                 {number_in(section, "used"), number_in(section, "judged")},
                                                 {number_in(section, "placebo_used"), number_in(section, "placebos")}};
  return learned_of(exposures);
}

std::string prompts_file(const Report& report) {
  std::vector<const AskedPrompt*> all;
  for (const AskedPrompt& prompt : report.prompts)
    if (!prompt.text.empty() && prompt.text[0] != '/') all.push_back(&prompt);
  std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->at < b->at; });
  // The same words may have had different uses: whatever was used once is a right answer.
  std::map<std::string, std::set<std::string>> used;
  for (const AskedPrompt* prompt : all) used[prompt->text].insert(prompt->used.begin(), prompt->used.end());
  std::string text;
  std::set<std::string> written;
  for (const AskedPrompt* prompt : all) {
    if (!written.insert(prompt->text).second) continue;
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    json.begin_object().key("id").string(hash::to_hex(hash::hash64(prompt->text))).key("text").string(prompt->text);
    json.key("kind").string(!used[prompt->text].empty() ? "used"
                            : !prompt->brought.empty()  ? "load-ignored"
                                                        : "nothing-used");
    json.key("expect").array(used[prompt->text]);
    text += json.end_object().take() + "\n";
  }
  return text;
}

}  // namespace cascade::usage
