// Each section is a ladder of forms in which every form brings the shorter ones and costs and is worth the difference.
// It requires the head's opening, the section around it, and those without which it would mislead (part.h). Every shown
// text requires the next section or the mark of a cut, so the packer's certificate covers the marks too.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "bundle/items.h"
#include "bundle/part.h"
#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"

namespace cascade::bundle {
namespace {

using manifest::Follows;

// A root's lead up to this length is always in. A longer one competes, so that it cannot make the budget infeasible.
constexpr TokenCount longest_required_lead = 120;

Cost greater(const Cost& a, const Cost& b) { return {std::max(a.tokens, b.tokens), std::max(a.chars, b.chars)}; }

bool is_root(const Selected& selected) { return selected.distance == 0; }

}  // namespace

class TextNodes {
 public:
  // All of them must outlive it.
  TextNodes(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

  // After those added before.
  void add(const Selected& selected, std::uint32_t place);
  const std::vector<std::uint32_t>& asked_cards() const noexcept { return asked_cards_; }

 private:
  void add_heads(const Selected& selected, const Worth& worth, Text& text);
  void add_sections(const Selected& selected, Worth worth, Text& text);
  void add_section(std::uint32_t section, const Worth& worth, const std::vector<std::uint32_t>& forms, Text& text);
  void add_forms(const SectionView& section, const Worth& worth, const std::vector<std::uint32_t>& forms,
                 const Node& full, SectionNodes& nodes);
  void add_same(const SectionView& section, const Node& full, SectionNodes& nodes);
  void need_begin(const Text& text, bool has_lead);
  void need_whole(const Text& text, const SectionNodes& section);
  void relate(const Text& text, const std::vector<SectionFacts>& facts);
  void mark_cuts(const Text& text);
  void need(const SectionNodes& section, bool whole, const std::vector<std::uint32_t>& any_of);
  std::vector<std::uint32_t> ways_in(const SectionNodes& section) const;
  void bring_shorter(std::uint32_t node);
  std::uint32_t first_of_substance(const SectionNodes& section) const;
  Worth worth_of(const Selected& selected, std::uint32_t place) const;
  Cost cost_of_cut(ManifestId id, const SectionView& section, std::uint32_t number) const;
  PackingGroup& group(std::uint32_t node) { return items_.problem.groups[node]; }
  std::uint32_t relevance(ManifestId id, std::uint32_t section) const {
    return request_.relevance ? request_.relevance(id, section) : 1000;
  }

  using Content = std::tuple<std::uint64_t, TokenCount, std::uint32_t>;

  const Registry& registry_;
  const BundleRequest& request_;
  const TokenCounter& counter_;
  Items& items_;
  bool asked_ = true;  // the current manifest is a root
  std::vector<std::uint32_t> asked_cards_;
  std::set<std::uint64_t> held_, previous_;
  std::map<Content, std::uint32_t> owner_;  // of a text: the node that shows it whole
};

TextNodes::TextNodes(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items)
    : registry_(registry),
      request_(request),
      counter_(counter),
      items_(items),
      held_(request.already_loaded.begin(), request.already_loaded.end()),
      previous_(request.previous.begin(), request.previous.end()) {}

void TextNodes::add(const Selected& selected, std::uint32_t place) {
  Text text;
  text.id = selected.id;
  const Worth worth = worth_of(selected, place);
  add_heads(selected, worth, text);
  asked_ = is_root(selected);
  if (!selected.card_only) add_sections(selected, worth, text);
  if (request_.fills && asked_)
    for (const SectionNodes& section : text.sections) need_whole(text, section);
  if (request_.fills && selected.distance == 1 && selected.pulled_in_by) asked_cards_.push_back(text.card);
  items_.texts.push_back(std::move(text));
}

// A form costs what it adds to the shorter ones, so anything that requires it must bring these along.
void TextNodes::bring_shorter(std::uint32_t node) {
  for (; items_.nodes[node].shorter != no_node; node = items_.nodes[node].shorter) {
    std::vector<std::uint32_t>& required = group(node).requires_all;
    if (std::ranges::find(required, items_.nodes[node].shorter) == required.end())
      required.push_back(items_.nodes[node].shorter);
  }
}

void TextNodes::need_whole(const Text& text, const SectionNodes& section) {
  bring_shorter(section.full);
  if (section.same == no_node)
    group(text.card).requires_all.push_back(section.full);
  else
    group(text.card).requires_any.push_back({section.full, section.same});
}

// A command that a skill calls itself is as near as an agent.
Worth TextNodes::worth_of(const Selected& selected, std::uint32_t place) const {
  Worth worth;
  worth.layer = registry_[selected.id].layer;
  if (selected.pulled_in_by) worth.strength = selected.pulled_in_by->strength;
  if (worth.layer == Layer::command && selected.pulled_in_by &&
      registry_[selected.pulled_in_by->from].layer == Layer::skill)
    worth.layer = Layer::agent;
  worth.priority = author_priority(registry_, selected.id);
  worth.place = place;
  return worth;
}

void TextNodes::add_heads(const Selected& selected, const Worth& worth, Text& text) {
  const auto cost = [&](Follows follows) { return cost_of_head(registry_, text.id, follows, counter_); };
  Worth of_card = worth;
  of_card.relevance = relevance(text.id, 0);
  Node card{.role = Role::card,
            .id = text.id,
            .content_hash = hash::hash_text(head_of(registry_, text.id, Follows::nothing)),
            .value = card_value(of_card),
            .cost = cost(Follows::nothing)};
  Node opening = card;
  opening.role = Role::opening;
  opening.content_hash = hash::hash_text(head_of(registry_, text.id, Follows::all));
  text.head_held = !selected.card_only && held_.count(opening.content_hash) != 0;
  text.card_held = text.head_held || held_.count(card.content_hash) != 0;
  if (text.card_held)
    text.held.push_back({text.id, 0, Form::card, OmittedFor::already_loaded, card.value, card.cost, {}});
  if (text.card_held) card.value = opening.value = 0;
  if (text.card_held) card.cost = {};
  text.card = add_node(items_, card);
  if (is_root(selected)) items_.problem.roots.push_back(text.card);
  if (selected.card_only) return;
  opening.shorter = opening.up = text.card;
  opening.cost = text.head_held ? cost(Follows::continued) : greater(cost(Follows::all), cost(Follows::part));
  text.opening = add_node(items_, opening);
  if (is_root(selected)) group(text.card).requires_all.push_back(text.opening);
}

void TextNodes::add_sections(const Selected& selected, Worth worth, Text& text) {
  const std::uint32_t count = registry_[text.id].sections;
  const std::vector<Part> parts = parts_of(registry_, text.id);
  std::vector<std::vector<std::uint32_t>> shorter(count);
  std::vector<SectionFacts> facts;
  for (std::uint32_t index = 0; index < count; ++index)
    if (const std::uint32_t of = registry_.section(text.id, index).shorter_of;
        request_.shortens && of != index && of < count)
      shorter[of].push_back(index);
  for (std::uint32_t index = 0; index < count; ++index) {
    const SectionView section = registry_.section(text.id, index);
    if (section.shorter_of != index || section.cost == Cost{}) continue;
    worth.relevance = relevance(text.id, index);
    worth.part = parts[index];
    worth.tokens = section.cost.tokens;
    if (held_.count(section.content_hash) != 0) {
      text.held.push_back(
          {text.id, index, section.form, OmittedFor::already_loaded, section_value(worth), section.cost, {}});
      continue;
    }
    facts.push_back({section.heading, section.level, parts[index], section.announces, section.bare});
    add_section(index, worth, shorter[index], text);
  }
  if (text.sections.empty()) {  // nothing follows the head
    if (text.head_held) items_.problem.groups[text.opening].items.front().cost = {};
    return;
  }
  relate(text, facts);
  mark_cuts(text);
  if (is_root(selected)) need_begin(text, facts.front().level == 0);
}

// Requires a root's lead or, if that is long, any section: a head with only a mark would be useless.
void TextNodes::need_begin(const Text& text, bool has_lead) {
  const SectionNodes& first = text.sections.front();
  if (has_lead && items_.nodes[first.begin].cost.tokens <= longest_required_lead) {
    group(text.card).requires_all.push_back(first.begin);
    return;
  }
  if (!has_lead) return;
  std::vector<std::uint32_t> any_of;
  for (const SectionNodes& section : text.sections) {
    const std::vector<std::uint32_t> nodes = ways_in(section);
    any_of.insert(any_of.end(), nodes.begin(), nodes.end());
  }
  group(text.card).requires_any.push_back(std::move(any_of));
}

Cost TextNodes::cost_of_cut(ManifestId id, const SectionView& section, std::uint32_t number) const {
  if (section.cut_cost != Cost{}) return section.cut_cost;
  TokenCount tokens = 0;
  std::size_t sections = 0;
  const std::uint32_t whole = registry_.whole_sections(id);
  for (std::uint32_t i = number; i < whole; ++i) {
    const Cost cost = registry_.section(id, i).cost;
    tokens += cost.tokens;
    sections += cost == Cost{} ? 0 : 1;
  }
  return counter_.count(manifest::cut_mark(manifest::cut_sections_text(sections, tokens),
                                           item_of(registry_, id, number, whole - 1 - number)));
}

void TextNodes::add_section(std::uint32_t number, const Worth& worth, const std::vector<std::uint32_t>& forms,
                            Text& text) {
  const SectionView section = registry_.section(text.id, number);
  SectionNodes nodes;
  nodes.section = number;
  const Cost cut = cost_of_cut(text.id, section, number);
  nodes.cut = add_node(items_, {Role::cut, text.id, number, Form::cut, 0, 0, cut});
  Node full{Role::form, text.id, number, section.form, section.content_hash, section_value(worth), section.cost};
  if (request_.fills && !asked_ && full.value < least_worth * full.cost.tokens) full.value = 0;
  nodes.begin = static_cast<std::uint32_t>(items_.nodes.size());
  add_forms(section, worth, forms, full, nodes);
  add_same(section, full, nodes);
  nodes.end = static_cast<std::uint32_t>(items_.nodes.size());
  text.sections.push_back(nodes);
}

// From the shortest to the whole, each worth more and costing no less than the one before.
void TextNodes::add_forms(const SectionView& section, const Worth& worth, const std::vector<std::uint32_t>& forms,
                          const Node& full, SectionNodes& nodes) {
  std::vector<Node> chain;
  bool shown = false;  // the conversation already holds a shorter form
  for (const std::uint32_t record : forms) {
    const SectionView shorter = registry_.section(full.id, record);
    Node node = full;
    node.section = record;
    node.form = shorter.form;
    node.content_hash = manifest::hash_of(section.content_hash, shorter.form);
    node.cost = shorter.cost;
    node.value = shorter_value(full.value, shorter.form, worth.part, shorter.cost.tokens, section.cost.tokens);
    shown = shown || held_.count(node.content_hash) != 0;
    if (shorter.cost.tokens < section.cost.tokens && shorter.cost.chars <= section.cost.chars)
      chain.push_back(std::move(node));
  }
  if (shown) chain.clear();
  std::ranges::sort(chain, [](const Node& a, const Node& b) { return a.cost.tokens < b.cost.tokens; });
  chain.push_back(full);
  std::uint32_t before = no_node;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    Node& node = chain[i];
    if (before != no_node) {
      const Node& last = items_.nodes[before];
      if (node.form != full.form && (node.value <= last.value || node.cost.chars < last.cost.chars)) continue;
    }
    node.shorter = node.up = before;
    const bool held = previous_.count(node.content_hash) != 0;
    before = add_node(items_, node);
    if (!held) continue;
    for (std::uint32_t at = before; at != no_node; at = items_.nodes[at].shorter) group(at).items.front().held = true;
  }
  nodes.full = before;
}

// A text that is already shown under another manifest is replaced by a mark, if that saves anything.
void TextNodes::add_same(const SectionView& section, const Node& full, SectionNodes& nodes) {
  const Content content{section.content_hash, section.cost.tokens, section.cost.chars};
  const auto [owner, fresh] = owner_.try_emplace(content, nodes.full);
  if (fresh) return;
  const Node& other = items_.nodes[owner->second];
  Node same = full;
  same.form = Form::same;
  same.value = shorter_value(full.value, Form::same, Part::plain, 0, 1);
  same.text = manifest::same_mark(section.heading, item_of(registry_, other.id, other.section, 0));
  same.cost = counter_.count(same.text);
  same.content_hash = manifest::hash_of(section.content_hash, Form::same);
  if (same.cost.tokens >= section.cost.tokens) return;
  nodes.same = add_node(items_, same);
  group(nodes.same).requires_all.push_back(owner->second);
  group(nodes.full).conflicts.push_back(owner->second);
}

std::vector<std::uint32_t> TextNodes::ways_in(const SectionNodes& section) const {
  std::vector<std::uint32_t> nodes{section.begin};
  if (section.same != no_node) nodes.push_back(section.same);
  return nodes;
}

// For a procedure, the form with its steps: more than a heading or its first paragraph.
std::uint32_t TextNodes::first_of_substance(const SectionNodes& section) const {
  std::uint32_t node = section.begin;
  while (node != section.full && items_.nodes[node].form == Form::opening) ++node;
  return node;
}

void TextNodes::need(const SectionNodes& section, bool whole, const std::vector<std::uint32_t>& any_of) {
  for (std::uint32_t node : ways_in(section)) {
    if (whole && node == section.same) continue;
    while (whole && node != section.full && items_.nodes[node].form != Form::prose) ++node;
    group(node).requires_any.push_back(any_of);
  }
}

void TextNodes::relate(const Text& text, const std::vector<SectionFacts>& facts) {
  const std::vector<std::uint32_t> parents = parents_of(facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const bool below = parents[i] != no_parent;
    const std::vector<std::uint32_t> ups =
        below ? ways_in(text.sections[parents[i]]) : std::vector<std::uint32_t>{text.opening};
    for (const std::uint32_t node : ways_in(text.sections[i])) {
      for (const std::uint32_t up : ups) group(up).refs.push_back(node);
      items_.nodes[node].up = ups.front();
      if (!below) continue;  // references from elsewhere in the manifest need the opening itself
      if (ups.size() > 1)
        group(node).requires_any.push_back(ups);
      else
        group(node).requires_all.push_back(ups.front());
    }
  }
  for (const Requirement& requirement : requirements_of(facts, parents)) {
    std::vector<std::uint32_t> any_of;
    for (const std::uint32_t other : requirement.any_of) {
      std::vector<std::uint32_t> nodes = ways_in(text.sections[other]);
      if (requirement.procedures) {
        nodes.front() = first_of_substance(text.sections[other]);
        bring_shorter(nodes.front());
      }
      any_of.insert(any_of.end(), nodes.begin(), nodes.end());
    }
    need(text.sections[requirement.section], requirement.whole, any_of);
  }
}

// After every shown section comes the next one or a mark for the cut ones.
void TextNodes::mark_cuts(const Text& text) {
  std::vector<std::uint32_t> before{text.opening};
  for (const SectionNodes& section : text.sections) {
    std::vector<std::uint32_t> any_of = ways_in(section);
    any_of.insert(any_of.begin(), section.cut);
    for (const std::uint32_t node : before) group(node).requires_any.push_back(any_of);
    before = ways_in(section);
  }
}

std::vector<std::uint32_t> add_texts(const Registry& registry, const BundleRequest& request,
                                     const TokenCounter& counter, const std::vector<Ordered>& manifests, Items& items) {
  TextNodes texts(registry, request, counter, items);
  for (const auto& [selected, place] : manifests) texts.add(selected, place);
  return texts.asked_cards();
}

// The lines that list files are counted with all of them; packed files leave them, so they only get shorter.

namespace {

constexpr std::size_t longest_path = 300;  // code points
constexpr std::size_t most_listed = 20, most_with_purpose = 6;

// Begins like another manifest's head, so that no file can forge one (manifest/head.h).
std::string text_of(const Registry& registry, const FileOffer& offer) {
  return "=== " + std::string(to_string(registry[offer.of].kind)) + ": " +
         manifest::one_line(registry[offer.of].name, 200) + ", file " + manifest::one_line(offer.path, longest_path) +
         " ===\n\n" + manifest::emitted(offer.text);
}

ListedFile described(const FileOffer& offer, const std::string& folder, const TokenCounter& counter,
                     std::string_view text) {
  return {{offer.of, offer.path, offer.text.empty() ? Cost{} : counter.count(text), false},
          place_of_file(folder, offer.path),
          file_purpose(offer.path, offer.text)};
}

std::uint32_t root_of(const Items& items, ManifestId id) {
  for (const Text& text : items.texts)
    if (text.id == id && std::ranges::count(items.problem.roots, text.card) != 0) return text.card;
  return no_node;
}

// Somebody asked for the file, or a step that names it cannot be done without it: it is worth as much as a procedure of
// its length. False: the conversation holds the text.
bool give_worth(const Registry& registry, const BundleRequest& request, Node& node) {
  Worth worth;
  worth.layer = registry[node.id].layer;
  worth.part = Part::procedure;
  worth.tokens = node.cost.tokens;
  node.value = section_value(worth);
  node.content_hash = hash::hash_text(node.text);
  return std::ranges::find(request.already_loaded, node.content_hash) == request.already_loaded.end();
}

void add_file(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
              const FileOffer& offer, std::uint32_t root, Items& items) {
  Node node{.role = Role::file, .id = offer.of, .form = Form::resource, .up = root, .text = text_of(registry, offer)};
  FileNodes made;
  made.listed = described(offer, request.folder ? request.folder(offer.of) : std::string(), counter, node.text);
  node.cost = made.listed.file.cost;
  if (offer.wanted != FileOffer::Wanted::listed && !offer.text.empty() && give_worth(registry, request, node)) {
    made.node = add_node(items, std::move(node));
    if (offer.wanted == FileOffer::Wanted::required) items.problem.groups[root].requires_all.push_back(made.node);
  }
  items.files.push_back(std::move(made));
}

void add_files_line(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                    std::size_t begin, std::size_t end, Items& items) {
  const ManifestId id = items.files[begin].listed.file.of;
  Node node{.role = Role::files, .id = id, .form = Form::name, .up = root_of(items, id)};
  const auto number = static_cast<std::uint32_t>(items.nodes.size());
  for (std::size_t i = begin; i < end; ++i) items.files[i].line = number;
  node.text = files_line(registry, items, number, std::vector<std::uint8_t>(number, 0));
  node.cost = counter.count(node.text);
  if (!give_worth(registry, request, node)) {
    for (std::size_t i = begin; i < end; ++i) items.files[i].line = no_node;
    return;
  }
  add_node(items, std::move(node));
  const std::uint32_t above = names_node(items, id, counter);  // may move the groups
  items.problem.groups[number].requires_all.push_back(above);
}

}  // namespace

void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items) {
  for (const FileOffer& offer : request.files)
    if (const std::uint32_t root = root_of(items, offer.of); root != no_node)
      add_file(registry, request, counter, offer, root, items);
  for (std::size_t begin = 0, end = 0; begin < items.files.size(); begin = end) {
    while (end < items.files.size() && items.files[end].listed.file.of == items.files[begin].listed.file.of) ++end;
    add_files_line(registry, request, counter, begin, end, items);
  }
}

std::vector<ListedFile> listed_files(const Registry& registry, ManifestId id, const std::string& folder,
                                     const TokenCounter& counter, const ReadFile& read) {
  std::vector<ListedFile> files;
  for (const FileOffer& offer : linked_files(registry, id, read))
    files.push_back(described(offer, folder, counter, text_of(registry, offer)));
  return files;
}

std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen) {
  std::vector<const ListedFile*> files;
  for (const FileNodes& entry : items.files)
    if (entry.line == line && (entry.node == no_node || chosen[entry.node] == 0)) files.push_back(&entry.listed);
  if (files.empty()) return {};
  const ManifestView owner = registry[files.front()->file.of];
  std::string text = "linked files of " + std::string(to_string(owner.kind)) + ":" +
                     manifest::one_line(owner.name, 200) + ", to open or run where they lie:\n";
  for (std::size_t i = 0; i < std::min(files.size(), most_with_purpose); ++i) {
    const ListedFile& file = *files[i];
    text += "- " + manifest::one_line(file.place, longest_path);
    if (file.file.cost.tokens != 0) text += " (" + std::to_string(file.file.cost.tokens) + " tokens)";
    text += (file.purpose.empty() ? "" : ": " + file.purpose) + "\n";
  }
  if (files.size() <= most_with_purpose) return manifest::defused(std::move(text));
  const std::string& first = files.front()->place;
  const std::size_t folder = first.size() - std::min(first.size(), files.front()->file.path.size());
  text += "- also in " + manifest::one_line(first.substr(0, folder), longest_path) + ":";
  for (std::size_t i = most_with_purpose; i < std::min(files.size(), most_listed); ++i)
    text += (i == most_with_purpose ? " " : ", ") + manifest::one_line(files[i]->file.path, longest_path);
  if (files.size() > most_listed) text += " and " + std::to_string(files.size() - most_listed) + " more";
  return manifest::defused(text + "\n");
}

// A page (Markdown, plain text) speaks from its first line on; of anything else only a comment counts. Lines that tools
// and lawyers want there (#!, encoding, licence) say nothing about the purpose.
namespace {

constexpr std::size_t longest_purpose = 100;  // code points
constexpr std::uint32_t most_lines = 30;

bool is_page(std::string_view path) {
  static constexpr auto pages = letters::word_set("md", "markdown", "mdx", "txt", "rst", "adoc");
  return pages.has(path.substr(path.rfind('.') + 1));
}

// Takes a comment's signs off the beginning. False: there are none.
bool open_comment(std::string_view& line) {
  for (const std::string_view sign : {"\"\"\"", "'''", "<!--", "/**", "/*", "//!", "///", "//", "--", "#", ";", "%"})
    if (line.starts_with(sign)) {
      line = letters::trim(line.substr(sign.size()));
      return true;
    }
  return false;
}

bool is_formality(std::string_view line) {
  static constexpr std::string_view formal[] = {"!",     "-*-",  "copyright", "spdx-", "licen", "eslint", "vim:",
                                                "type:", "mypy", "pylint",    "ruff",  "noqa",  "@ts-",   "shellcheck"};
  for (const std::string_view begin : formal)
    if (letters::equals_folded(line.substr(0, begin.size()), begin)) return true;
  return line.find_first_not_of("-=*#/~+ ") == std::string_view::npos;
}

std::string_view first_sentence(std::string_view line) {
  for (const std::string_view end : {"\"\"\"", "'''", "-->", "*/", ". "}) line = line.substr(0, line.find(end));
  line = letters::trim(line);
  while (line.ends_with('.')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string file_purpose(std::string_view path, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const bool page = is_page(path);
  bool comment = false;
  for (const letters::Line row : letters::lines(text)) {
    if (row.number > most_lines) break;
    std::string_view line = letters::trim(row);
    if (page) {
      while (line.starts_with('#')) line.remove_prefix(1);
      line = letters::trim(line);
    } else if (!line.empty()) {
      const bool opens = open_comment(line);
      if (!opens && !comment) return {};
      comment = true;
    }
    if (!is_formality(line)) return manifest::one_line(first_sentence(line), longest_purpose);
  }
  return {};
}

}  // namespace cascade::bundle
