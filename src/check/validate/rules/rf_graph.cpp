// Checks the graph of references. Cycles: strongly connected components first, then one shortest cycle in each, because
// listing every cycle could be exponential and helps nobody. Reachability looks at single manifests and their direct
// links only: a skill closed to everybody without a referrer, an agent that nothing names, a skill with too many
// agents.
#include <algorithm>
#include <map>

#include "chain/chain.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

constexpr std::uint32_t none = 0xffffffffU;

// The edges of the graph: fields and explicit calls. Mentions in prose are not edges.
bool is_edge(const Link& link) {
  return link.strength <= Strength::invoked &&
         (link.via == Via::frontmatter || link.via == Via::task || link.via == Via::skill);
}

Location place(const Registry& registry, const Link& link) {
  return {std::string(registry[link.from].path), link.line, link.column, 0, 0};
}

std::string name_of(const Registry& registry, ManifestId id) {
  const ManifestView view = registry[id];
  return std::string(to_string(view.kind)) + ":" + unicode::displayable(view.name);
}

// Strongly connected components by Tarjan's algorithm, without recursion. Linear in manifests and links.
class Components {
 public:
  explicit Components(const Registry& registry)
      : registry_(registry), number_(registry.size(), none), low_(registry.size(), 0), part_(registry.size(), none) {
    for (std::uint32_t id = 0; id < registry.size(); ++id)
      if (number_[id] == none) visit(id);
  }

  std::uint32_t part(ManifestId id) const { return part_[index(id)]; }
  std::size_t count() const { return sizes_.size(); }
  std::size_t size(std::uint32_t part) const { return sizes_[part]; }

 private:
  struct Frame {
    std::uint32_t id = 0, next = 0;
  };

  void enter(std::uint32_t id) {
    number_[id] = low_[id] = counter_++;
    stack_.push_back(id);
    frames_.push_back({id, 0});
  }

  // A frame stands for a call of the textbook's recursion: which manifest, and which of its links comes next. A chain
  // of links may be as long as the library, so the stack of the program is not used for it.
  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const Span<Link> links = registry_.links(ManifestId{frame.id});
      if (frame.next < links.size) {
        const Link& link = links[frame.next++];
        const std::uint32_t to = index(link.to);
        if (!is_edge(link)) continue;
        if (number_[to] == none)
          enter(to);
        else if (part_[to] == none)
          low_[frame.id] = std::min(low_[frame.id], number_[to]);
        continue;
      }
      leave(frame.id);
    }
  }

  void leave(std::uint32_t id) {
    frames_.pop_back();
    if (!frames_.empty()) low_[frames_.back().id] = std::min(low_[frames_.back().id], low_[id]);
    if (low_[id] != number_[id]) return;
    std::size_t size = 0;
    for (std::uint32_t member = none; member != id; ++size) {
      member = stack_.back();
      stack_.pop_back();
      part_[member] = static_cast<std::uint32_t>(sizes_.size());
    }
    sizes_.push_back(size);
  }

  const Registry& registry_;
  std::vector<std::uint32_t> number_, low_, part_, stack_;
  std::vector<std::size_t> sizes_;
  std::vector<Frame> frames_;
  std::uint32_t counter_ = 0;
};

// Returns a shortest way from a manifest back to itself inside its component.
std::vector<Link> shortest_cycle(const Registry& registry, const Components& components, ManifestId start) {
  std::map<std::uint32_t, Link> reached;
  std::vector<std::uint32_t> queue = {index(start)};
  for (std::size_t next = 0; next < queue.size(); ++next)
    for (const Link& link : registry.links(ManifestId{queue[next]})) {
      if (!is_edge(link) || components.part(link.to) != components.part(start)) continue;
      if (!reached.emplace(index(link.to), link).second) continue;
      if (link.to != start) {
        queue.push_back(index(link.to));
        continue;
      }
      std::vector<Link> cycle = {link};
      while (cycle.back().from != start) cycle.push_back(reached.at(index(cycle.back().from)));
      std::reverse(cycle.begin(), cycle.end());
      return cycle;
    }
  return {};
}

void report_cycle(const Registry& registry, const std::vector<Link>& cycle, Findings& findings) {
  std::string path = name_of(registry, cycle.front().from);
  for (const Link& link : cycle) path += " -> " + name_of(registry, link.to);
  Diagnostic& finding = findings.add("RF004", place(registry, cycle.front()), path, "break one of these references");
  for (std::size_t i = 1; i < cycle.size(); ++i)
    finding.related.push_back({place(registry, cycle[i]), "refers to " + name_of(registry, cycle[i].to)});
}

}  // namespace

void check_cycles(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  if (!findings.runs("RF004")) return;
  const Registry& registry = context.registry;
  for (const ManifestFacts& facts : manifests)
    if (facts.names_itself)
      findings.add("RF004", facts.itself_at, name_of(registry, facts.id) + " refers to itself", "remove the reference");
  const Components components(registry);
  std::vector<ManifestId> first(components.count(), ManifestId{none});
  for (std::uint32_t id = 0; id < registry.size(); ++id) {
    ManifestId& best = first[components.part(ManifestId{id})];
    if (best == ManifestId{none} || registry[ManifestId{id}].path < registry[best].path) best = ManifestId{id};
  }
  for (std::uint32_t part = 0; part < components.count(); ++part)
    if (components.size(part) > 1)
      if (const auto cycle = shortest_cycle(registry, components, first[part]); !cycle.empty())
        report_cycle(registry, cycle, findings);
}

// `agent:` of a skill with a context of its own: the client knows a plugin's agent by its full name alone, and where it
// finds none it runs the skill with another, without a word.
void check_short_agent(const Registry& registry, const ManifestFacts& facts, Findings& findings) {
  const auto named = registry.field(facts.id, "agent");
  if (facts.role != Role::skill || !named || named->find(':') != std::string_view::npos ||
      registry.field(facts.id, "context").value_or("") != "fork")
    return;
  for (const Link& link : registry.links(facts.id)) {
    const ManifestView agent = registry[link.to];
    if (link.via != Via::frontmatter || agent.kind != Kind::agent || agent.plugin.empty() ||
        letters::last_part(agent.name) != *named)
      continue;
    findings.add("RF001", Severity::warning, place(registry, link),
                 "the client does not find a plugin's agent by its short name, and runs this skill with another",
                 "write " + unicode::displayable(agent.name));
    return;
  }
}

// What the client passes over in silence: a short name of a plugin's agent, and among `skills:` of an agent those that
// it keeps for the user's own call.
void check_passed_over(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  const Registry& registry = context.registry;
  for (const ManifestFacts& facts : manifests) {
    check_short_agent(registry, facts, findings);
    if (facts.role != Role::skill || facts.for_model) continue;
    for (const Link& link : registry.links_to(facts.id)) {
      const std::string_view listed = registry.field(link.from, "skills").value_or(std::string_view());
      const std::string_view name = registry[facts.id].name;
      if (registry[link.from].kind != Kind::agent || link.via != Via::frontmatter ||
          listed.find(letters::last_part(name)) == std::string_view::npos)
        continue;
      findings.add("TL011", place(registry, link),
                   "the client does not preload " + unicode::displayable(name) + ": only the user may call it",
                   "take disable-model-invocation out of the skill, or write its steps into the agent");
    }
  }
}

void check_reachability(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  const Registry& registry = context.registry;
  bool binds_agents = false;
  for (const ManifestFacts& facts : manifests) {
    if (facts.role != Role::skill) continue;
    if (!facts.for_model && !facts.for_user && registry.links_to(facts.id).empty())
      findings.add("RF005", facts.closed_at, "nobody can invoke this skill: it is closed to the user and to the model",
                   "drop user-invocable: false, or disable-model-invocation, without which agents can preload it too");
    std::vector<std::uint32_t> bound;
    const Link* last = nullptr;
    for (const Link& link : registry.links(facts.id)) {
      if (link.via != Via::frontmatter || registry[link.to].kind != Kind::agent) continue;
      if (std::ranges::find(bound, index(link.to)) == bound.end()) bound.push_back(index(link.to));
      last = &link;
    }
    binds_agents = binds_agents || !bound.empty();
    if (bound.size() > context.policy().limits.max_agents_per_skill)
      findings.add("RF007", place(registry, *last),
                   "the skill binds " + std::to_string(bound.size()) + " agents, " +
                       std::to_string(context.policy().limits.max_agents_per_skill) + " at most",
                   "put a skill between them, or raise limits.max_agents_per_skill");
  }
  if (!binds_agents) return;
  for (const ManifestFacts& facts : manifests) {
    if (facts.role != Role::agent || !registry.links_to(facts.id).empty() || registry.shadowed_in_favour_of(facts.id))
      continue;
    const auto is_true = [&](const char* key) { return registry.field(facts.id, key).value_or("") == "true"; };
    if (!is_true("metadata.cascade-entry") && !is_true("metadata.entry"))
      findings.add("RF006", facts.name_at, "no skill binds this agent and nothing names it",
                   "bind it, or mark it: metadata, cascade-entry: \"true\"");
  }
}

// A command that says little more than to use the skill: whoever types the name gets the same text either way.
bool is_door_to(const Registry& registry, ManifestId command, ManifestId skill) {
  constexpr std::uint32_t most_chars = 400;
  if (registry[command].body.chars > most_chars) return false;
  return std::ranges::any_of(registry.links(command),
                             [&](const Link& link) { return link.to == skill && link.strength <= Strength::invoked; });
}

// A skill and a command of one plugin that share their slash name.
void check_slash_names(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  std::map<std::string_view, const ManifestFacts*> commands;
  for (const ManifestFacts& facts : manifests)
    if (facts.role == Role::command) commands.emplace(context.registry[facts.id].name, &facts);
  for (const ManifestFacts& facts : manifests) {
    if (facts.role != Role::skill) continue;
    const auto command = commands.find(context.registry[facts.id].name);
    if (command == commands.end() || is_door_to(context.registry, command->second->id, facts.id)) continue;
    findings
        .add("RF008", facts.name_at,
             "/" + unicode::displayable(command->first) + " is a skill and a command; the client takes the skill",
             "rename one of them")
        .related.push_back({command->second->name_at, "the command"});
  }
}

// Checks a playbook's chain: the keys of its front matter against its table, and the table against the skills that
// exist. Without any of these keys only playbooks are checked.

namespace {

using syntax::Node;

// One of the keys, below `metadata`; null: it is not there, or no text.
const Node* find_key(const Document& document, std::string_view name) {
  const Node* value = document.metadata(name);
  const bool scalar = value != nullptr && value->kind != syntax::NodeKind::list && value->kind != syntax::NodeKind::map;
  return scalar ? value : nullptr;
}

std::string_view text_of(const Node* key) { return key == nullptr ? std::string_view() : key->text; }

void report(const Document& document, std::string_view rule, const Node* key, const std::vector<chain::Fault>& faults,
            Findings& findings) {
  for (const chain::Fault& fault : faults) {
    const std::string_view text = text_of(key), part = text.substr(std::min(fault.at, text.size()));
    findings.add(rule, key == nullptr ? document.whole() : document.at_part(*key, part),
                 unicode::displayable(fault.message), fault.help);
  }
}

bool has_skill(const Context& context, const std::string& name) {
  return std::ranges::any_of(context.registry.candidates(name),
                             [&](ManifestId id) { return context.registry[id].kind == Kind::skill; });
}

void check_table(const Context& context, const Document& document, const std::vector<ChainStepView>& steps,
                 Findings& findings) {
  std::vector<std::uint32_t> seen;
  for (const ChainStepView& step : steps) {
    const Location at = document.at(syntax::Position{step.line, step.column});
    if (std::ranges::find(seen, step.number) != seen.end())
      findings.add("PB006", at, "a row above is step " + std::to_string(step.number) + " too",
                   "give each step a number of its own");
    seen.push_back(step.number);
    if (!has_skill(context, std::string(step.skill)))
      findings.add("PB004", at,
                   "step " + std::to_string(step.number) + " names the skill \"" + unicode::displayable(step.skill) +
                       "\", which does not exist",
                   "a skill that is there, in code marks");
  }
}

// Only a run of tests ends a step whose exit has no words, so its row has to speak of one.
void check_bare_exits(const Document& document, const Node& exits, const chain::Chain& chain,
                      const std::vector<ChainStepView>& steps, Findings& findings) {
  for (const ChainStepView& step : steps) {
    const chain::Exit exit = chain.exit_of(step.number);
    const bool is_run = exit.kind == chain::ExitKind::red || exit.kind == chain::ExitKind::green;
    const std::string row = letters::to_lower(step.leave);
    if (!is_run || !exit.words.empty() || has_part(row, {"test", "suite"})) continue;
    const std::string kind(to_string(exit.kind)), number = std::to_string(step.number);
    const std::string_view entry = std::string_view(exits.text).substr(exit.at);
    findings.add(
        "PB007", document.at_part(exits, entry.substr(0, entry.find(';'))),
        "step " + number + " ends by a run of tests that is " + kind + ", and its row names none",
        "the words of the command, as in " + number + ": " + kind + " mypy|pyright, or * for any run of tests");
  }
}

}  // namespace

void check_chains(const Context& context, const Document& document, Findings& findings) {
  if (document.role() != Role::skill || !document.manifest()) return;
  const Node *const order = find_key(document, chain::order_key), *const exits = find_key(document, chain::exits_key),
                    *const branches = find_key(document, chain::branches_key);
  const std::vector<ChainStepView> steps = context.registry.steps(document.manifest()->id);
  if (steps.empty()) {
    for (const Node* const key : {order, exits, branches})
      if (key != nullptr)
        findings.add("PB005", document.at(*key), "there are no steps for it",
                     "cascade-layer: playbook, and a table below a heading Chain");
    return;
  }
  const bool typed = order != nullptr || exits != nullptr || branches != nullptr;
  if (!typed && document.manifest()->layer != Layer::playbook) return;
  if (typed) check_table(context, document, steps, findings);
  std::vector<std::uint32_t> numbers;
  for (const ChainStepView& step : steps) numbers.push_back(step.number);
  chain::KeyFaults faults;
  const chain::Chain chain = chain::read_chain({text_of(order), text_of(exits), text_of(branches)}, numbers, faults);
  report(document, "PB001", order, faults.order, findings);
  report(document, "PB002", exits, faults.exits, findings);
  report(document, "PB003", branches, faults.branches, findings);
  if (exits != nullptr) check_bare_exits(document, *exits, chain, steps, findings);
  for (const chain::Branch& branch : chain.branches)
    for (const std::string& detour : branch.detours)
      if (!has_skill(context, detour))
        findings.add("PB004", document.at_part(*branches, "skill:" + detour),
                     "the branch " + branch.label + " names the skill \"" + unicode::displayable(detour) +
                         "\", which does not exist",
                     "a skill that is there");
}

}  // namespace cascade::validation
