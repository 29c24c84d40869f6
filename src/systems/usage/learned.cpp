// All in whole numbers, so that the same counts give the same factors on every machine.
#include "usage/learned.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "hook/layer.h"
#include "request/task.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "usage/usage_verb.h"

namespace cascade::usage {
namespace {

constexpr std::uint64_t million = 1'000'000, most_bytes = 16u << 20;
constexpr std::uint64_t most_count = million;  // above, counts are scaled down, so that nothing overflows
constexpr std::string_view schema = "cascade.learned/1";

bool is_sane(const Exposure& one) noexcept { return one.used.hits <= one.used.of && one.used.of <= most_count; }

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
  }
  return all;
}

std::uint64_t mean_of(const Exposures& all) noexcept {
  std::uint64_t uses = 0, judged = 0;
  for (const auto& [hash, each] : all) {
    if (!is_sane(each)) continue;
    uses += each.used.hits * million;
    judged += each.used.of;
  }
  return judged == 0 ? 0 : uses / judged;
}

// A Beta posterior: the average of all sections counts as twenty exposures of this one.
std::uint32_t factor_of(const Exposure& one, std::uint64_t mean, std::uint64_t least) noexcept {
  constexpr std::uint64_t usual = 1'000;
  if (one.used.of < least || !is_sane(one) || mean == 0) return usual;
  const std::uint64_t posterior = (one.used.hits * million + prior_exposures * mean) / (one.used.of + prior_exposures);
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
                                                 {number_in(section, "used"), number_in(section, "judged")}};
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

// A command that was typed is no prompt, and what would be read as the file's own marks cannot be written. Where
// something else was brought, nobody knows which of the two was right.
std::vector<std::string> missed_by(const AskedPrompt& prompt) {
  const std::string_view text = letters::trim(prompt.text);
  const bool is_mark = text.empty() || text.front() == '/' || text.front() == '%' || text.starts_with("==");
  return is_mark || !prompt.brought.empty() ? std::vector<std::string>() : prompt.used;
}

std::string lessons_file(const Report& report) {
  std::map<std::string, std::set<std::string>> lessons;
  for (const AskedPrompt& prompt : report.prompts)
    for (const std::string& name : missed_by(prompt)) {
      std::string line;
      for (const char c : letters::trim(prompt.text))
        line += c == '\n' ? "\\n" : c == '\\' ? "\\\\" : c == '\r' ? std::string() : std::string(1, c);
      lessons[name].insert(std::move(line));
    }
  std::string text;
  for (const auto& [name, lines] : lessons) {
    text += "== " + name + "\n";
    for (const std::string& line : lines) text += line + "\n";
  }
  return text;
}

}  // namespace cascade::usage

// Whether values may move is decided by prompts that taught nothing about them: the sessions are halved by a hash, and
// each half is judged with what the other half teaches. Routing is not part of it, since moved values do not reach the
// router.

namespace cascade::cli {
namespace {

using usage::AskedPrompt;
using usage::Exposures;

constexpr std::size_t most_prompts = 400;

std::uint64_t half_of(const std::string& session) { return hash::hash64(session) % 2; }

// The used sections that a bundle for the prompt has, of one manifest that the prompt brought.
Result<std::uint64_t> kept_in_bundle(Workspace& workspace, const AskedPrompt& prompt, const Symbol& root,
                                     const Learned& learned) {
  constexpr TokenCount usual_budget = 2'400;
  request::Task task;
  task.request.roots = {root};
  task.request.diagnose = false;
  task.prompt = prompt.text;
  task.only_named_files = true;
  task.bundle.learned = learned;
  const TokenLimit given = workspace.preferences().budget;
  task.bundle.budget.limit.tokens = given.tokens > 0 ? given.tokens : usual_budget;
  auto router = workspace.router();
  if (!router) return router.error();
  task.router = *std::move(router);
  const auto bundle = request::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!bundle) return bundle.error();
  const Registry registry = workspace.registry();
  std::uint64_t kept = 0;
  for (const auto& [manifest, hash] : prompt.used_sections)
    kept += manifest == to_string(root) &&
                    std::any_of(bundle->pieces.begin(), bundle->pieces.end(),
                                [&, used = hash](const Piece& piece) {
                                  if (piece.form == Form::card || piece.section >= registry[piece.id].sections)
                                    return false;
                                  const SectionView view = registry.section(piece.id, piece.section);
                                  return registry.section(piece.id, view.shorter_of).content_hash == used;
                                })
                ? 1
                : 0;
  return kept;
}

// The manifests of which the prompt used sections and that are still there, each once.
std::vector<Symbol> roots_of(const Registry& registry, const AskedPrompt& prompt) {
  std::vector<Symbol> roots;
  for (const auto& [manifest, hash] : prompt.used_sections)
    if (const auto symbol = Symbol::parse(manifest);
        symbol && registry.find(*symbol) && std::find(roots.begin(), roots.end(), *symbol) == roots.end())
      roots.push_back(*symbol);
  return roots;
}

Result<usage::Kept> evaluate_halves(Workspace& workspace, const usage::Report& report) {
  // Half of the sessions have half of the exposures.
  constexpr std::uint64_t least = usage::least_to_learn / 2;
  Learned by_half[2];
  for (std::uint64_t half : {0, 1})
    by_half[half] = usage::learned_of(
        usage::exposures_of(report, [&](const std::string& session) { return half_of(session) != half; }), least);
  usage::Kept kept;
  std::size_t asked = 0;
  for (const AskedPrompt& prompt : report.prompts) {
    if (prompt.used_sections.empty() || ++asked > most_prompts) continue;
    for (const Symbol& root : roots_of(workspace.registry(), prompt)) {
      const auto usual = kept_in_bundle(workspace, prompt, root, {});
      if (!usual) return usual.error();
      const auto moved = kept_in_bundle(workspace, prompt, root, by_half[half_of(prompt.session)]);
      if (!moved) return moved.error();
      const auto of =
          static_cast<std::uint64_t>(std::count_if(prompt.used_sections.begin(), prompt.used_sections.end(),
                                                   [&](const auto& used) { return used.first == to_string(root); }));
      kept.usual = {kept.usual.hits + *usual, kept.usual.of + of};
      kept.moved = {kept.moved.hits + *moved, kept.moved.of + of};
    }
  }
  return kept;
}

std::string counts_text(const usage::Kept& kept) {
  return "of " + std::to_string(kept.usual.of) + " sections that your prompts made use of, bundles hold " +
         std::to_string(kept.usual.hits) + " with the usual values and " + std::to_string(kept.moved.hits) +
         " with moved ones, where each half of the sessions is judged by what the other half teaches\n";
}

// Nothing may stay in force that does not hold any more.
Exit refuse(Call& call, const std::string& why, bool dry_run) {
  if (!dry_run) static_cast<void>(files::remove_file(usage::learned_path(call.environment().state)));
  call.console().complain("nothing was learned: " + why);
  return Exit::no;
}

}  // namespace

Exit learn(Call& call, Workspace& workspace, const usage::Report& report, bool dry_run) {
  const Exposures exposures = usage::exposures_of(report);
  const Learned learned = usage::learned_of(exposures);
  const auto enough = std::count_if(exposures.begin(), exposures.end(),
                                    [](const auto& one) { return one.second.used.of >= usage::least_to_learn; });
  call.console().print(std::to_string(exposures.size()) + " sections were judged, " + std::to_string(enough) +
                       " of them twenty times or more; " + std::to_string(learned.values.size()) +
                       " values would move\n");
  if (learned.values.empty()) return refuse(call, "no value would move", dry_run);
  const auto kept = evaluate_halves(workspace, report);
  if (!kept) return call.console().fail(kept.error());
  call.console().print(counts_text(*kept));
  if (kept->usual.of == 0) return refuse(call, "no prompt of these sessions can judge it", dry_run);
  if (kept->moved.hits < kept->usual.hits) return refuse(call, "bundles would hold less of what is used", dry_run);
  const std::string path = usage::learned_path(call.environment().state);
  if (dry_run) {
    call.console().print("would be written to " + unicode::displayable(path) + "\n");
    return Exit::yes;
  }
  if (auto done = files::write_atomically(path, usage::learned_file(exposures, *kept), 0600); !done)
    return call.console().fail(done.error());
  call.console().print("learned: " + unicode::displayable(path) +
                       "\nnext: `learn: on` in your own cascade.yaml obeys it; cascade usage forget takes it back\n");
  return Exit::yes;
}

Exit forget_learned(Call& call, bool dry_run) {
  const std::string path = usage::learned_path(call.environment().state);
  if (call.environment().state.empty() || !files::DiskTree().stat(path)) {
    call.console().complain("nothing was learned here\n  help: cascade usage learn");
    return Exit::no;
  }
  if (!dry_run)
    if (auto done = files::remove_file(path); !done) return call.console().fail(done.error());
  call.console().print(unicode::displayable(path) + (dry_run ? " would be" : " is") + " gone\n");
  return Exit::yes;
}

}  // namespace cascade::cli
