// Closes the text over names: for each line that may be shown, every manifest or shared word that it mentions gets a
// node with an explaining line, and the form with that line requires the node or the manifest's card. The packer then
// never shows a name without either, and the cost of the explanations is part of its problem.
#include "bundle/names.h"

#include "manifest/head.h"
#include "registry/tables.h"
#include "text/ascii.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::bundle {
namespace {

constexpr std::size_t longest_name = 200, most_names = 4;  // letters of a name; names of a line

// Folds a name for comparison: "Code Reviewer" equals "code-reviewer".
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == ' ' || c == '_' ? '-' : letters::to_lower(c);
  return out;
}

std::string_view last_part(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// "dock-moor" of dock:moor: who reads the one knows the other.
bool joins_folders(const std::string& alias, std::string_view name) {
  std::string joined = plain(name);
  std::replace(joined.begin(), joined.end(), ':', '-');
  return alias.ends_with("-" + plain(last_part(name))) && joined.ends_with(alias);
}

// Returns the other names its author may use, without plugins and folders; for most manifests there are none.
std::vector<std::string_view> other_names(const Registry& registry, ManifestId id) {
  std::vector<std::string_view> names;
  const std::string own = plain(last_part(registry[id].name));
  for (const std::string_view alias : registry.aliases(id)) {
    const std::string_view name = last_part(alias);
    const std::string spelt = plain(name);
    if (spelt != own && !joins_folders(spelt, registry[id].name) &&
        std::find(names.begin(), names.end(), name) == names.end())
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
  std::stable_sort(mentions.begin(), mentions.end(),
                   [](const Mention& a, const Mention& b) { return a.line < b.line; });
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

// Makes the nodes that explain names, each once, and puts them into the groups of the texts that mention the names.
class Names {
 public:
  Names(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items)
      : registry_(registry), request_(request), counter_(counter), items_(items) {
    for (std::uint32_t i = 0; i < items.texts.size(); ++i) text_of_[items.texts[i].id] = i;
  }

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

  // Explains a word that several manifests share: adds a line with what it may mean.
  void explain_word(std::uint32_t node, std::string_view word, ManifestId self) {
    std::vector<ManifestId> meant = registry_.candidates(word);
    meant.erase(std::remove_if(meant.begin(), meant.end(),
                               [&](ManifestId id) {
                                 return id == self ||
                                        (text_of_.count(id) == 0 && request_.listed && !request_.listed(id));
                               }),
                meant.end());
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
    return std::find(roots.begin(), roots.end(), node) != roots.end();
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
    Node line;
    line.role = role;
    line.id = id;
    line.form = Form::name;
    line.text = std::move(text);
    line.cost = counter_.count(line.text);
    const std::uint32_t node = add_node(items_, std::move(line));
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

void add_names(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items) {
  Names(registry, request, counter, items).add_all();
}

}  // namespace cascade::bundle
