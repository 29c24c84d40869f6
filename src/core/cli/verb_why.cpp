#include "cli/verb_why.h"

#include <cascade/workspace.h>

#include "cli/verb_allow.h"
#include "cli/verb_bundle.h"
#include "client/built_in.h"
#include "client/transcript/formats.h"
#include "files/tree.h"
#include "hook/routing.h"
#include "listed/standing.h"
#include "render/why.h"
#include "resolve/resolve.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <climits>
#include <cstdint>
#include <utility>

namespace cascade::cli {

std::string place_on_disk(const Workspace& workspace, const ManifestView& manifest) {
  const std::string folder = workspace.folder(manifest);
  return manifest.kind == Kind::skill ? folder : files::join(folder, std::string(files::file_name(manifest.path)));
}

// The router is asked as a hook asks it: without what the switches keep out, and again without what lacks something
// here. What a manifest would have by itself is found by asking once more without those that come before it.
namespace {

using rendering::PromptFate, rendering::PromptReport;

// Its number in the ranking from 1, or 0.
std::size_t place_in(const RoutingReport& report, ManifestId id) {
  const std::vector<Match>& ranked = report.routing.ranked;
  const Match* const found = letters::find_first(ranked, &Match::id, id);
  return found == nullptr ? 0 : static_cast<std::size_t>(found - ranked.data()) + 1;
}

bool is_among(const std::vector<Match>& matches, ManifestId id) {
  return letters::find_first(matches, &Match::id, id) != nullptr;
}

bool is_said(const Routing& routing, ManifestId id, bool loaded) {
  return is_among(loaded ? routing.loaded : routing.offered, id);
}

// Whether each place where the prompt has the word lies in the name of a file, a folder or a host.
bool is_part_of_names(std::string_view prompt, std::string_view word) {
  constexpr std::string_view blanks = " \t\r\n";
  constexpr std::string_view parts = "/\\.:@_~";
  const std::string small = letters::to_lower(prompt), sought = letters::to_lower(word);
  std::size_t at = small.find(sought);
  const bool is_there = at != std::string::npos;
  for (; at != std::string::npos; at = small.find(sought, at + 1)) {
    const std::size_t before = small.find_last_of(blanks, at), begin = before == std::string::npos ? 0 : before + 1;
    std::string_view whole = std::string_view(small).substr(begin, small.find_first_of(blanks, at) - begin);
    while (!whole.empty() && std::string_view(".,:;!?").find(whole.back()) != std::string_view::npos)
      whole.remove_suffix(1);
    if (whole.find_first_of(parts) == std::string_view::npos) return false;
  }
  return is_there;
}

// The words that only the first one has come first: they decided.
std::vector<std::string> missing_words(const PromptReport& report) {
  constexpr std::size_t most = 8;
  const auto has = [](const Match* match, const std::string& word) {
    return match != nullptr && std::ranges::any_of(match->evidence, [&](const Evidence& evidence) {
             return evidence.term == word && (evidence.field == "name" || evidence.field == "triggers" ||
                                              evidence.field == "description" || evidence.field == "situation");
           });
  };
  const std::vector<Match>& ranked = report.routing.routing.ranked;
  const Match* own = report.place != 0 ? &ranked[report.place - 1]
                     : report.alone    ? &report.alone->routing.ranked.front()
                                       : nullptr;
  const Match* first = ranked.empty() || report.place == 1 ? nullptr : &ranked.front();
  std::vector<std::string> words;
  for (const std::string& word : report.own_words)
    if (!has(own, word)) words.push_back(word);
  std::stable_partition(words.begin(), words.end(), [&](const std::string& word) { return has(first, word); });
  if (words.size() > most) words.resize(most);
  return words;
}

class PromptQuestion {
 public:
  PromptQuestion(const Call& call, const Workspace& workspace, const Router& router, ManifestId id,
                 const std::string& prompt)
      : workspace_(workspace),
        registry_(workspace.registry()),
        router_(router),
        id_(id),
        place_(place_here(call, workspace)),
        switches_(place_.switches()) {
    query_.text = prompt;
    query_.limit = std::max<std::size_t>(registry_.size(), 1);
    query_.caution = parse_caution(workspace.preferences().caution).value_or(Caution::normal);
  }

  PromptReport answer() {
    PromptReport report;
    report.id = id_;
    report.routing = ask_as_a_hook();
    report.answer = report.routing.routing;
    if (!report.routing.needs.empty()) report.need = take_need(report.routing);
    report.place = place_in(report.routing, id_);
    report.winner = registry_.shadowed_in_favour_of(id_);
    report.standing_reason = listing::reason(registry_, id_, switches_);
    if (report.standing_reason == listing::trust_reason(switches_)) report.untrusted = switches_.untrusted;
    report.lacking = lacking(id_);
    report.fate = fate(report);
    if (report.fate == PromptFate::unsafe) {
      report.standing_reason = switches_.fault(registry_[id_]);
      report.place_on_disk = place_on_disk(workspace_, registry_[id_]);
    }
    for (std::uint32_t i = 0; i < registry_.size(); ++i)
      if (registry_.shadowed_in_favour_of(ManifestId{i}) == id_) report.hidden.push_back(ManifestId{i});
    if (report.place != 1) report.alone = alone();
    const ManifestView manifest = registry_[id_];
    if (manifest.scope == Scope::project || manifest.scope == Scope::user)
      report.library = workspace_.roots()[manifest.root].path;
    for (const std::string& word : report.routing.words)
      if (!is_part_of_names(query_.text, word)) report.own_words.push_back(word);
    report.missing_words = missing_words(report);
    report.enough = enough(report);
    return report;
  }

 private:
  std::vector<std::string> lacking(ManifestId id) const {
    return hook::missing(requirements_of(registry_, id), place_.directory, place_.search_path);
  }

  // Of several needs that one is asked about for which it is loaded or else offered, or for which it ranks best.
  // Returns its text.
  std::string take_need(RoutingReport& report) {
    const std::string_view prompt = query_.text;
    std::size_t best = 0;
    std::pair<int, std::size_t> least{INT_MAX, SIZE_MAX};
    for (std::size_t i = 0; i < report.needs.size(); ++i) {
      const Routing& routing = report.needs[i].routing;
      const std::pair rank{is_said(routing, id_, true)    ? 0
                           : is_said(routing, id_, false) ? 1
                                                          : 2,
                           place_in(report.needs[i], id_)};
      if (rank.second == 0 || rank >= least) continue;
      best = i;
      least = rank;
    }
    const Need need = report.routing.needs[best];
    report = RoutingReport(std::move(report.needs[best]));
    query_.text = prompt.substr(need.begin, need.end - need.begin);
    return std::string(query_.text);
  }

  RoutingReport ask_as_a_hook() {
    hook::Routed routed = route_here(place_, router_, query_, true);
    query_ = std::move(routed.asked);
    const listing::Withheld all = listing::withheld(registry_, switches_);
    hook::insert_sorted(query_.only_by_name, all.by_name);
    hook::insert_sorted(query_.hidden, all.off);
    return std::move(routed.report);
  }

  PromptFate fate(const PromptReport& report) const {
    const Routing& routing = report.answer;
    const bool called = hook::is_called(routing, id_);
    const listing::Standing standing = listing::standing(registry_, id_, switches_);
    if (registry_[id_].document) return PromptFate::document;
    if (report.winner) return PromptFate::shadowed;
    if (hook::is_refused(routing, id_)) return PromptFate::refused;
    if (client::is_entry_name(registry_[id_].name)) return PromptFate::entry;
    if (standing == listing::Standing::off) return PromptFate::off;
    if (standing == listing::Standing::by_name && !called) return PromptFate::by_name;
    if (!report.lacking.empty() && !called) return PromptFate::lacks;
    if (!switches_.fault(registry_[id_]).empty()) return PromptFate::unsafe;
    if (report.routing.from_host) return PromptFate::host;
    if (is_said(routing, id_, true)) return PromptFate::loaded;
    if (is_said(routing, id_, false)) return PromptFate::offered;
    if (report.place == 0) return PromptFate::unmatched;
    if (is_among(routing.left_out, id_)) return PromptFate::left_out;
    return routing.decision == Decision::silence ? PromptFate::silent : PromptFate::behind;
  }

  // The router's answer without what keeps the manifest from the first place.
  std::optional<RoutingReport> alone() const {
    Query query = query_;
    for (std::vector<ManifestId>* ids : {&query.only_by_name, &query.hidden})
      ids->erase(std::remove(ids->begin(), ids->end(), id_), ids->end());
    query.lacking.clear();
    constexpr int most_rounds = 6;  // others come forward once those before it are gone
    for (int round = 0; round < most_rounds; ++round) {
      RoutingReport report = router_.explain(query);
      const std::size_t place = place_in(report, id_);
      if (place == 1) return report;
      if (place == 0) break;
      std::vector<ManifestId> before;
      for (std::size_t i = 0; i + 1 < place; ++i) before.push_back(report.routing.ranked[i].id);
      hook::insert_sorted(query.hidden, before);
    }
    return std::nullopt;
  }

  std::optional<Caution> enough(const PromptReport& report) const {
    const bool offered = report.fate == PromptFate::offered;
    if (!offered && report.fate != PromptFate::silent && report.fate != PromptFate::behind) return std::nullopt;
    for (const Caution caution : {Caution::normal, Caution::low}) {
      if (caution >= query_.caution) continue;
      Query query = query_;
      query.caution = caution;
      query.evidence = false;
      const Routing routing = router_.rank(query);
      if (is_said(routing, id_, true) || (!offered && is_said(routing, id_, false))) return caution;
    }
    return std::nullopt;
  }

  const Workspace& workspace_;
  const Registry registry_;
  const Router& router_;
  const ManifestId id_;
  const hook::Place place_;
  const listing::Switches& switches_;
  Query query_;
};

// What the hooks would do with the manifest for this prompt in a conversation that holds nothing yet, and why. Errors
// are those of Workspace::router().
Result<PromptReport> why_prompt(const Call& call, const Workspace& workspace, ManifestId id,
                                const std::string& prompt) {
  const auto router = workspace.router();
  if (!router) return router.error();
  return PromptQuestion(call, workspace, *router, id, prompt).answer();
}

const Selected* find_selected(const Resolution& resolution, ManifestId id) {
  return letters::find_first(resolution.selected, &Selected::id, id);
}

// The smallest change of the request that takes the subject in full: first a greater depth, then mentions as well.
void find_needs(const Registry& registry, const Request& request, rendering::WhyReport& report) {
  constexpr std::uint32_t deepest = 6;
  for (const Strength follow : {request.follow, Strength::mentioned}) {
    for (std::uint32_t depth = request.depth; depth <= std::max(deepest, request.depth); ++depth) {
      Request wider = request;
      wider.depth = depth;
      wider.follow = follow;
      const auto resolution = resolve(registry, wider);
      if (!resolution) return;
      const Selected* selected = find_selected(*resolution, report.id);
      if (selected == nullptr || selected->card_only) continue;
      if (depth != request.depth) report.depth_needed = depth;
      if (follow != request.follow) report.follow_needed = follow;
      return;
    }
  }
}

// Shadowed manifests share their symbol with the winner, so explain() would explain that one.
Explanation explain_item(const Registry& registry, const Request& request, ManifestId id) {
  if (const auto winner = registry.shadowed_in_favour_of(id)) {
    Explanation explanation;
    explanation.subject = symbol_of(registry[id]);
    explanation.verdict = Verdict::shadowed;
    explanation.others = {*winner};
    return explanation;
  }
  return explain(registry, request, symbol_of(registry[id]));
}

// What is loaded may call what the prompt says nothing of.
void note_brought(rendering::WhyReport& report) {
  if (!report.prompt || !report.selected || report.prompt->answer.decision != Decision::load) return;
  rendering::PromptFate& fate = report.prompt->fate;
  if (fate == rendering::PromptFate::unmatched || fate == rendering::PromptFate::behind)
    fate = rendering::PromptFate::brought;
}

// A prompt that nothing matches has no roots, and so no bundle.
Result<void> explain_bundle(Workspace& workspace, request::Task& task, rendering::WhyReport& report) {
  const Registry registry = workspace.registry();
  report.explanation.subject = symbol_of(registry[report.id]);
  report.explanation.verdict = Verdict::unreferenced;
  if (task.request.roots.empty()) return {};
  auto assembled = request::with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!assembled) return assembled.error();
  report.bundle = *std::move(assembled);
  report.explanation = explain_item(registry, task.request, report.id);
  if (const Selected* selected = find_selected(task.bundle.resolution, report.id)) report.selected = *selected;
  if (!report.selected || report.selected->card_only) find_needs(registry, task.request, report);
  return {};
}

struct WhyOptions {
  TaskOptions task;
  std::vector<std::string> items, from;
  std::string session;   // whose last prompt is meant
  bool negated = false;  // "why not ITEM"
  std::string fact;      // "memory:ID": what the question is about, instead of an item
};

// For "why not": what stood against the item for the prompt of the task, and what would change that; without a prompt,
// what keeps it out of any. Errors are those of Workspace::router().
Result<Why> why_not(const Call& call, const Workspace& workspace, const Item& item, const std::string& prompt,
                    rendering::Paint paint) {
  const Registry registry = workspace.registry();
  if (!prompt.empty()) {
    const auto told = why_prompt(call, workspace, item.id, prompt);
    if (!told) return told.error();
    return Why{rendering::prompt_text(registry, *told, paint), told->fate <= PromptFate::brought};
  }
  const std::string id = rendering::id_of(registry[item.id]);
  const listing::Switches switches = switches_here(call, workspace);
  const listing::Standing standing = listing::standing(registry, item.id, switches);
  const std::string how = standing == listing::Standing::off       ? "is switched off"
                          : standing == listing::Standing::by_name ? "comes only when it is called by name"
                          : standing == listing::Standing::offered ? "is offered, never loaded unasked"
                                                                   : "";
  if (!how.empty()) return Why{id + " " + how + ": " + listing::reason(registry, item.id, switches) + "\n", false};
  if (const std::string fault = switches.fault(registry[item.id]); !fault.empty())
    return Why{id + " never comes, because its files are not safe: " + unicode::displayable(fault) + "\n\nnext\n  " +
                   unicode::displayable(rendering::mend_unsafe(place_on_disk(workspace, registry[item.id]))) + "\n",
               false};
  return Why{id + " comes where a prompt asks for it; --prompt TEXT says what stood against it\n", true};
}

Exit explain_and_print(Call& call, Workspace& workspace, const WhyOptions& options, request::Task& task,
                       Format format) {
  const Registry registry = workspace.registry();
  const auto item = find_item(registry, options.items.front(), call.console());
  if (!item || !find_symbols(registry, options.from, task.request.roots, call.console()) ||
      !find_symbols(registry, options.task.exclude, task.request.exclude, call.console()))
    return Exit::no;
  const bool only_against = options.negated && format == Format::text && options.fact.empty();
  auto told = only_against ? why_not(call, workspace, *item, task.prompt, call.console().paint())
                           : why_item(call, workspace, *item, options.fact, task, format, call.console().paint());
  if (!told) return call.console().fail(told.error());
  call.console().print(told->text);
  return told->is_in ? Exit::yes : Exit::no;
}

// The last prompt of a conversation takes the place of --prompt. A client's model asks about the one before its
// question.
Result<void> take_last_prompt(Call& call, WhyOptions& options) {
  if (options.task.prompt || !options.from.empty())
    return misuse("--session stands for the prompt and the place", "leave --prompt and --from out");
  const files::DiskTree tree;
  auto last = transcript::last_prompt(
      tree, [&](const transcript::Format& format) { return log_folder(call.environment(), format); },
      options.session == "last" ? std::string_view() : std::string_view(options.session),
      is_run_by_client(call.environment()) ? 1 : 0);
  if (!last)
    return Error{ErrorCode::not_found, "no client's log tells a prompt of this session", {}, "cascade session list"};
  constexpr std::size_t shown = 200;
  call.console().note("session " + unicode::displayable(last->session) + ": \"" +
                      rendering::shortened(last->text, shown) + "\"");
  options.task.prompt = std::move(last->text);
  return {};
}

// Without an item the question is about the manifest that ranks first.
Result<bool> take_first(Call& call, Workspace& workspace, WhyOptions& options) {
  const auto router = workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = *options.task.prompt;
  query.limit = 1;
  const Routing routing = route_here(place_here(call, workspace), *router, query).report.routing;
  if (routing.ranked.empty()) {
    call.console().print("nothing was loaded or offered: no manifest here has a word of it\n");
    return false;
  }
  options.items = {to_string(symbol_of(workspace.registry()[routing.ranked.front().id]))};
  options.negated = true;
  return true;
}

Result<void> check(Call& call, WhyOptions& options) {
  constexpr std::string_view fact_prefix = "memory:";
  const bool has_prompt = options.task.prompt || !options.session.empty();  // "why not --session last": the first
  const std::size_t most_items = has_prompt ? 1 : 2;
  options.negated = options.items.size() >= most_items && options.items.size() <= 2 && options.items.front() == "not";
  if (options.negated) options.items.erase(options.items.begin());
  if (options.items.size() > 1) return misuse("why is about one item", "cascade why --help");
  if (!options.from.empty() && options.task.prompt)
    return misuse("--from and --prompt exclude each other", "cascade why --help");
  if (options.items.empty() && !has_prompt)
    return misuse("why needs an ITEM, --prompt or --session", "cascade why --session last");
  if (!options.session.empty())
    if (auto taken = take_last_prompt(call, options); !taken) return taken;
  if (options.items.empty() || !options.items.front().starts_with(fact_prefix)) return {};
  options.fact = options.items.front();
  if (options.task.prompt) return {};
  return misuse("facts are recalled for a prompt: give it with --prompt",
                "cascade memory show " + options.fact.substr(fact_prefix.size()));
}

}  // namespace

Result<Why> why_item(const Call& call, Workspace& workspace, const Item& item, const std::string& fact,
                     request::Task& task, Format format, rendering::Paint paint) {
  const Registry registry = workspace.registry();
  rendering::WhyReport report;
  report.id = item.id;
  report.fact = fact;
  report.section = item.section;
  if (!task.prompt.empty() && fact.empty()) {
    auto told = why_prompt(call, workspace, item.id, task.prompt);
    if (!told) return told.error();
    report.prompt = *std::move(told);
  }
  report.own_root = task.request.roots.empty() && !report.prompt;
  if (report.own_root) task.request.roots.push_back(symbol_of(registry[item.id]));
  report.request = task.request;
  task.bundle.priced = item.id;
  task.bundle.quotes = facts_for_prompt(call.environment(), task.prompt, task.bundle.budget, workspace.counter());
  report.standing = listing::standing(registry, item.id, *task.switches);
  report.standing_reason = listing::reason(registry, item.id, *task.switches);
  if (auto explained = explain_bundle(workspace, task, report); !explained) return explained.error();
  note_brought(report);
  const rendering::BundleContext context = rendering::context_of(task);
  auto text = rendering::why(registry, report, context, format, paint);
  if (!text) return text.error();
  const bool is_in = fact.empty() ? rendering::is_in(section_fates(registry, report))
                                  : letters::find_first(report.bundle.quotes, &QuotedPiece::name, fact) != nullptr;
  return Why{*std::move(text), is_in && !rendering::is_guess(report)};
}

Exit run_why(Call& call) {
  WhyOptions options;
  Arguments arguments("why");
  arguments.list("--from", options.from);
  options.task.declare(arguments);
  arguments.text("--session", options.session, "last");
  arguments.words("ITEM", options.items, 0, 2);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (const auto checked = check(call, options); !checked) return call.console().fail(checked.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto task = make_task(call, *workspace, options.task);
  if (!task) return call.console().fail(task.error());
  task->switches = switches_here(call, *workspace);
  if (options.task.prompt) {
    const auto found = request::with_refresh(
        *workspace, [&] { return add_prompt_root(place_here(call, *workspace), *task, hook::Gate::ignored); });
    if (!found) return call.console().fail(found.error());
    if (!*found && (!options.fact.empty() || task->prompt.empty())) {
      call.console().complain(hook::nothing_for_prompt(*task, {}));
      return Exit::no;
    }
    for (const std::string& line : task->closed) call.console().note(unicode::displayable(line));
    if (!options.fact.empty()) options.items = {to_string(task->request.roots.front())};
  }
  if (options.items.empty()) {
    const auto found = take_first(call, *workspace, options);
    if (!found) return call.console().fail(found.error());
    if (!*found) return Exit::no;
  }
  return explain_and_print(call, *workspace, options, *task, call.format());
}

}  // namespace cascade::cli
