// Turns the chosen manifests into the packer's groups, in the order of the bundle.
#include "bundle/items.h"

#include <cascade/resolve.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "bundle/part.h"
#include "manifest/emission.h"
#include "registry/tables.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::bundle {

namespace {

// The roots first, in canonical order; then by layer, and within a layer in the order of calls, breadth first: those in
// a procedure, the rest of the text, the front matter. So a playbook's skills follow its chain.
class CallOrder {
 public:
  CallOrder(const Registry& registry, const std::vector<Selected>& selected) : registry_(registry) {
    for (std::size_t i = 0; i < selected.size(); ++i) place_[selected[i].id] = i;
    rank_.assign(selected.size(), selected.size());
    for (const Selected& root : selected)
      if (root.distance == 0) enter(root.id);
    for (std::size_t at = 0; at < queue_.size(); ++at)
      if (!selected[place_.at(queue_[at])].card_only) follow(queue_[at]);
  }

  std::size_t rank(std::size_t place) const { return rank_[place]; }

  // A member of a list of which one is required is called by nobody and comes last.
  std::vector<std::uint32_t> places(const std::vector<Selected>& selected) const {
    std::vector<std::uint32_t> places(selected.size(), 0), of_distance;
    const auto take = [&](std::size_t at) {
      const std::uint32_t distance = selected[at].distance;
      if (distance == 0) return;
      if (of_distance.size() <= distance) of_distance.resize(distance + 1, 0);
      places[at] = of_distance[distance]++;
    };
    for (const ManifestId id : queue_) take(place_.at(id));
    for (std::size_t at = 0; at < selected.size(); ++at)
      if (rank_[at] == selected.size()) take(at);
    return places;
  }

 private:
  struct Call {
    int group;  // 0: in a procedure, 1: elsewhere in the text, 2: in the front matter
    std::uint32_t line, column;
    ManifestId to;
  };

  void enter(ManifestId id) {
    const auto found = place_.find(id);
    if (found == place_.end() || rank_[found->second] != rank_.size()) return;
    rank_[found->second] = queue_.size();
    queue_.push_back(id);
  }

  void follow(ManifestId id) {
    const std::vector<Part> parts = parts_of(registry_, id);
    const std::uint32_t sections = registry_.whole_sections(id);
    std::vector<Call> calls;
    for (const Link& link : registry_.links(id)) {
      if (place_.count(link.to) == 0) continue;
      calls.push_back({group_of(id, link, sections, parts), link.line, link.column, link.to});
    }
    std::ranges::stable_sort(calls, [](const Call& a, const Call& b) {
      return std::tie(a.group, a.line, a.column) < std::tie(b.group, b.line, b.column);
    });
    for (const Call& call : calls) enter(call.to);
  }

  // Sections are in the order of their lines, so the one with the link is found by halves.
  int group_of(ManifestId id, const Link& link, std::uint32_t sections, const std::vector<Part>& parts) const {
    if (link.via == Via::frontmatter || sections == 0 || link.line < registry_.section(id, 0).line) return 2;
    std::uint32_t low = 0, high = sections;  // the last section that begins at or before the line
    while (high - low > 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      (registry_.section(id, middle).line <= link.line ? low : high) = middle;
    }
    return parts[low] == Part::procedure ? 0 : 1;
  }

  const Registry& registry_;
  std::map<ManifestId, std::size_t> place_;
  std::vector<std::size_t> rank_;
  std::vector<ManifestId> queue_;
};

std::vector<Ordered> in_order(const Registry& registry, const std::vector<Selected>& selected) {
  const CallOrder calls(registry, selected);
  const std::vector<std::uint32_t> places = calls.places(selected);
  std::vector<std::size_t> order(selected.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) {
    const bool root = selected[i].distance == 0;
    return std::make_tuple(!root, root ? Layer::playbook : registry[selected[i].id].layer, root ? i : calls.rank(i), i);
  };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<Ordered> out;
  out.reserve(order.size());
  for (const std::size_t i : order) out.push_back({selected[i], places[i]});
  return out;
}

std::map<ManifestId, std::uint32_t> places_of(const Items& items) {
  std::map<ManifestId, std::uint32_t> places;
  for (std::uint32_t i = 0; i < items.texts.size(); ++i) places[items.texts[i].id] = i;
  return places;
}

// Only manifests taken in full refer to others: a card does not show its manifest's references.
void add_links(const Registry& registry, const BundleRequest& request, Items& items) {
  const std::map<ManifestId, std::uint32_t> places = places_of(items);
  const auto add = [&](std::vector<std::uint32_t>& nodes, ManifestId id) {
    const auto found = places.find(id);
    const std::uint32_t card = found == places.end() ? no_node : items.texts[found->second].card;
    if (card != no_node && std::ranges::find(nodes, card) == nodes.end()) nodes.push_back(card);
    return card;
  };
  for (const Text& text : items.texts) {
    for (const ManifestId other : registry.conflicts(text.id)) add(items.problem.groups[text.card].conflicts, other);
    if (text.opening == no_node) continue;
    PackingGroup& from = items.problem.groups[text.opening];
    for (const Link& link : registry.links(text.id)) {
      if (link.strength > request.follow) continue;
      const std::uint32_t to = add(link.strength == Strength::required ? from.requires_all : from.refs, link.to);
      if (to != no_node && items.nodes[to].up == no_node) items.nodes[to].up = text.opening;
    }
    for (const Span<ManifestId> any : registry.requires_any(text.id)) {
      std::vector<std::uint32_t> members;
      for (const ManifestId member : any) add(members, member);
      if (!members.empty()) from.requires_any.push_back(std::move(members));
    }
  }
}

std::uint32_t add_counted(Items& items, Node node, const TokenCounter& counter) {
  node.cost = counter.count(node.text);
  return add_node(items, std::move(node));
}

Cost beyond(const Cost& whole, const Cost& part) {
  return {whole.tokens > part.tokens ? whole.tokens - part.tokens : 0,
          whole.chars > part.chars ? whole.chars - part.chars : 0};
}

}  // namespace

std::string item_of(const Registry& registry, ManifestId id, std::uint32_t section, std::uint32_t further) {
  const std::uint32_t number = registry.section(id, section).shorter_of;
  const std::string_view heading = registry.section(id, number).heading;
  const std::uint32_t whole = registry.whole_sections(id);
  std::size_t alike = 0;
  for (std::uint32_t i = 0; i < whole; ++i) alike += registry.section(id, i).heading == heading ? 1 : 0;
  return manifest::section_item(symbol_of(registry[id]), heading, alike == 1, number, further);
}

std::uint32_t lacking(std::uint32_t limit, std::uint64_t taken) {
  if (limit == unlimited || taken <= limit) return 0;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(taken - limit, unlimited));
}

std::uint32_t names_node(Items& items, ManifestId id, const TokenCounter& counter) {
  if (items.names != no_node) return items.names;
  return items.names = add_counted(
             items,
             {.role = Role::names, .id = id, .form = Form::name, .text = "=== not here; cascade show NAME ===\n"},
             counter);
}

std::uint32_t add_node(Items& items, Node node) {
  PackingItem item;
  item.value = node.value;
  item.cost = node.cost;
  const auto number = static_cast<std::uint32_t>(items.nodes.size());
  if (node.shorter != no_node) {
    const Node& shorter = items.nodes[node.shorter];
    item.value = node.value > shorter.value ? node.value - shorter.value : 0;
    item.cost = beyond(node.cost, shorter.cost);
  }
  PackingGroup group;
  group.items.push_back(item);
  items.problem.groups.push_back(std::move(group));
  if (node.up != no_node) items.problem.groups[node.up].refs.push_back(number);
  items.nodes.push_back(std::move(node));
  return number;
}

// Texts of the caller, such as facts: each is a node that every root refers to, and needs its group's heading.
namespace {

// REQUIRES: the nodes of the sections exist.
void add_quotes(const BundleRequest& request, const TokenCounter& counter, Items& items) {
  std::uint32_t heading = no_node;
  const std::string* last = nullptr;
  for (const Quote& quote : request.quotes) {
    if (last == nullptr || *last != quote.heading) {
      heading = add_counted(items, {.role = Role::heading, .form = Form::name, .text = quote.heading}, counter);
      last = &quote.heading;
    }
    const std::uint32_t number = add_counted(items,
                                             {.role = Role::quote,
                                              .form = Form::section,
                                              .content_hash = quote.content_hash,
                                              .value = quote.value,
                                              .text = quote.text},
                                             counter);
    items.problem.groups[number].requires_all.push_back(heading);
    for (const std::uint32_t root : items.problem.roots) items.problem.groups[root].refs.push_back(number);
  }
}

}  // namespace

void emit_quotes(const BundleRequest& request, const Items& items, const Packing& packing,
                 const std::vector<std::uint8_t>& chosen, Bundle& bundle) {
  if (request.quotes.empty()) return;
  std::size_t next = 0;
  const Node* heading = nullptr;
  bool heading_shown = false;
  const auto first = std::ranges::find(items.nodes, Role::heading, &Node::role);
  for (auto number = static_cast<std::size_t>(first - items.nodes.begin()); number < items.nodes.size(); ++number) {
    const Node& node = items.nodes[number];
    if (node.role == Role::heading) {
      heading = &node;
      heading_shown = false;
      continue;
    }
    QuotedPiece piece{request.quotes[next++].name, node.text, node.content_hash, node.value, node.cost, {}};
    if (chosen[number] == 0) {
      const Budget& budget = request.budget;
      Cost needed = piece.cost;
      if (!heading_shown) needed += heading->cost;
      needed += packing.cost + budget.reserve;
      piece.shortfall = {lacking(budget.limit.tokens, needed.tokens), lacking(budget.limit.chars, needed.chars)};
      bundle.left_quotes.push_back(std::move(piece));
      continue;
    }
    if (!heading_shown) {
      piece.text = heading->text + piece.text;
      piece.cost += heading->cost;
      heading_shown = true;
    }
    bundle.quotes.push_back(std::move(piece));
  }
}

// For each line that may be shown, every manifest or shared word that it mentions gets a node with an explaining line,
// which the form with that line requires, or the manifest's card.
namespace {

constexpr std::size_t longest_name = 200, most_names = 4;  // letters of a name; names of a line

// Folds a name for comparison: "Code Reviewer" equals "code-reviewer".
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == ' ' || c == '_' ? '-' : letters::to_lower(c);
  return out;
}

// "dock-moor" of dock:moor: who reads the one knows the other.
bool joins_folders(const std::string& alias, std::string_view name) {
  std::string joined = plain(name);
  std::replace(joined.begin(), joined.end(), ':', '-');
  return alias.ends_with("-" + plain(letters::last_part(name))) && joined.ends_with(alias);
}

// Returns the other names its author may use, without plugins and folders; for most manifests there are none.
std::vector<std::string_view> other_names(const Registry& registry, ManifestId id) {
  std::vector<std::string_view> names;
  const std::string own = plain(letters::last_part(registry[id].name));
  for (const std::string_view alias : registry.aliases(id)) {
    const std::string_view name = letters::last_part(alias);
    const std::string spelt = plain(name);
    if (spelt != own && !joins_folders(spelt, registry[id].name) && std::ranges::find(names, name) == names.end())
      names.push_back(name);
  }
  return names;
}

// A name on a line: the manifest it means, or the word itself if several manifests have it.
struct Mention {
  std::uint32_t line;
  ManifestId to;
  std::string_view word;
};

// Sorted by line. Names in front matter are not text and do not count.
std::vector<Mention> mentions_of(const Registry& registry, ManifestId id) {
  std::vector<Mention> mentions;
  for (const Link& link : registry.links(id))
    if (link.via != Via::frontmatter) mentions.push_back({link.line, link.to, {}});
  const std::vector<RegistryTables::SharedName> shared = RegistryTables::shared_names(registry, id);
  if (shared.empty()) return mentions;
  for (const RegistryTables::SharedName& name : shared) mentions.push_back({name.line, id, name.name});
  std::ranges::stable_sort(mentions, [](const Mention& a, const Mention& b) { return a.line < b.line; });
  return mentions;
}

std::string shown_name(const Registry& registry, ManifestId id) {
  const ManifestView view = registry[id];
  return std::string(to_string(view.kind)) + ":" + manifest::one_line(view.name, longest_name);
}

// Whether a reader who sees another of its names in the text still recognises its card: "tdd-tests" ends like "tests".
bool all_end_alike(const Registry& registry, ManifestId id) {
  const std::string own = plain(registry[id].name);
  for (const std::string_view other : other_names(registry, id)) {
    const std::string name = plain(other);
    if (own.size() < name.size() || own.compare(own.size() - name.size(), name.size(), name) != 0) return false;
  }
  return true;
}

// REQUIRES: the nodes of all manifests exist.
class Names {
 public:
  Names(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items)
      : registry_(registry), request_(request), counter_(counter), items_(items), text_of_(places_of(items)) {}

  void add_all() {
    const std::size_t texts = items_.texts.size();
    for (std::size_t i = 0; i < texts; ++i) add(items_.texts[i]);
  }

 private:
  PackingGroup& group(std::uint32_t node) { return items_.problem.groups[node]; }

  void add(const Text& text) {
    const std::vector<Mention> mentions = mentions_of(registry_, text.id);
    if (mentions.empty()) return;
    const std::uint32_t body = registry_.section(text.id, 0).line;
    Named named;
    for (const Mention& mention : mentions)
      if (mention.line < body) name(text.card, mention, text.id, named);
    const std::uint32_t whole = registry_.whole_sections(text.id);
    for (const SectionNodes& section : text.sections) {
      const std::uint32_t first = registry_.section(text.id, section.section).line;
      const std::uint32_t next =
          section.section + 1 < whole ? registry_.section(text.id, section.section + 1).line : 0xffffffffU;
      Named in_section = named;
      for (std::uint32_t node = section.begin; node != no_node && node < section.end; ++node) {
        if (items_.nodes[node].form == Form::same) continue;
        const std::uint32_t shown = registry_.section(text.id, items_.nodes[node].section).shown_lines;
        const std::uint32_t last = shown == 0 ? next : std::min(next, first + shown);
        auto mention = std::lower_bound(mentions.begin(), mentions.end(), first,
                                        [](const Mention& a, std::uint32_t line) { return a.line < line; });
        for (; mention != mentions.end() && mention->line < last; ++mention) name(node, *mention, text.id, in_section);
      }
    }
  }

  struct Named {
    std::set<std::uint32_t> manifests;
    std::set<std::string_view> words;
  };

  void name(std::uint32_t node, const Mention& mention, ManifestId self, Named& named) {
    if (!mention.word.empty()) {
      if (named.words.insert(mention.word).second) explain_word(node, mention.word, self);
    } else if (mention.to != self && named.manifests.insert(index(mention.to)).second) {
      explain_manifest(node, mention.to);
    }
  }

  // Whether it is always shown or already known to the reader.
  bool is_there(const Text& text) const { return text.card_held || is_root(text.card); }

  void explain_manifest(std::uint32_t node, ManifestId target) {
    const auto known = text_of_.find(target);
    const bool alike = ends_as_called(target);
    if (known != text_of_.end() && alike && is_there(items_.texts[known->second])) return;
    if (known == text_of_.end() && request_.listed && !request_.listed(target)) return;
    std::vector<std::uint32_t> members;
    if (known != text_of_.end() && alike) members.push_back(items_.texts[known->second].card);
    members.push_back(name_node(target, alike ? Role::name : Role::word));
    group(node).requires_any.push_back(std::move(members));
  }

  void explain_word(std::uint32_t node, std::string_view word, ManifestId self) {
    std::vector<ManifestId> meant = registry_.candidates(word);
    std::erase_if(meant, [&](ManifestId id) {
      return id == self || (text_of_.count(id) == 0 && request_.listed && !request_.listed(id));
    });
    if (meant.empty()) return;
    std::vector<std::uint32_t> members;
    for (const ManifestId id : meant) {
      const auto known = text_of_.find(id);
      if (known == text_of_.end()) continue;
      if (is_there(items_.texts[known->second])) return;
      members.push_back(items_.texts[known->second].card);
    }
    const auto [line, fresh] = word_nodes_.try_emplace(word, no_node);
    if (fresh) line->second = word_node(word, meant);
    members.push_back(line->second);
    group(node).requires_any.push_back(std::move(members));
  }

  bool is_root(std::uint32_t node) const {
    const std::vector<std::uint32_t>& roots = items_.problem.roots;
    return std::ranges::find(roots, node) != roots.end();
  }

  // "agent:tdd:tdd-orchestrator", and its author's other names for it.
  std::uint32_t name_node(ManifestId target, Role role) {
    const auto known = name_of_.find(target);
    if (known != name_of_.end()) return known->second;
    const std::vector<std::string_view> others = other_names(registry_, target);
    std::string line = shown_name(registry_, target);
    for (std::size_t i = 0; i < others.size() && i < most_names; ++i)
      line += (i == 0 ? " (also " : ", ") + manifest::one_line(others[i], longest_name);
    return name_of_[target] = line_node(target, role, line + (others.empty() ? "\n" : ")\n"));
  }

  std::uint32_t word_node(std::string_view word, const std::vector<ManifestId>& meant) {
    std::string line = std::string(to_string(registry_[meant.front()].kind)) + ":" +
                       manifest::one_line(word, longest_name) + " is one of";
    for (std::size_t i = 0; i < meant.size() && i < most_names; ++i)
      line += (i == 0 ? " " : ", ") + shown_name(registry_, meant[i]);
    if (meant.size() > most_names) line += " and " + std::to_string(meant.size() - most_names) + " more";
    return line_node(meant.front(), Role::word, line + "\n");
  }

  std::uint32_t line_node(ManifestId id, Role role, std::string text) {
    const std::uint32_t above = names_node(items_, id, counter_);
    const std::uint32_t node =
        add_counted(items_, {.role = role, .id = id, .form = Form::name, .text = std::move(text)}, counter_);
    group(node).requires_all.push_back(above);
    return node;
  }

  bool ends_as_called(ManifestId id) {
    const auto [known, fresh] = ends_as_called_.try_emplace(id, true);
    if (fresh) known->second = all_end_alike(registry_, id);
    return known->second;
  }

  const Registry& registry_;
  const BundleRequest& request_;
  const TokenCounter& counter_;
  Items& items_;
  std::map<ManifestId, std::uint32_t> text_of_, name_of_;
  std::map<ManifestId, bool> ends_as_called_;
  std::map<std::string_view, std::uint32_t> word_nodes_;  // keys are views into the registry
};

}  // namespace

Items make_items(const Registry& registry, const BundleRequest& request, const TokenCounter& counter) {
  Items items;
  items.problem.budget = request.budget;
  const std::vector<std::uint32_t> asked =
      add_texts(registry, request, counter, in_order(registry, request.resolution.selected), items);
  add_links(registry, request, items);
  Names(registry, request, counter, items).add_all();
  for (const std::uint32_t root : items.problem.roots)
    for (const std::uint32_t card : asked)
      if (items.nodes[card].up == items.texts.front().opening || items.problem.roots.size() == 1)
        items.problem.groups[root].requires_all.push_back(card);
  add_files(registry, request, counter, items);
  add_quotes(request, counter, items);
  return items;
}

}  // namespace cascade::bundle
