// Nodes for the files of skills: one with the text for each file that was asked for, and for each skill one line that
// lists its other files. That line is counted with all files listed; packed files leave it, so it only gets shorter.
#include "bundle/file_nodes.h"

#include "bundle/value.h"
#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "manifest/head.h"

#include <algorithm>

namespace cascade::bundle {
namespace {

constexpr std::size_t longest_path = 300;  // code points
constexpr std::size_t most_listed = 20;

std::string shown_path(const LinkedFile& file) { return manifest::one_line(file.path, longest_path); }

std::string shown_skill(const Registry& registry, ManifestId id) {
  return "skill:" + manifest::one_line(registry[id].name, 200);
}

// Begins like another manifest's head, so that no file can forge one (manifest/forged_marks.h).
std::string text_of(const Registry& registry, const FileOffer& offer) {
  return "=== " + std::string("skill: ") + manifest::one_line(registry[offer.of].name, 200) + ", file " +
         manifest::one_line(offer.path, longest_path) + " ===\n\n" + manifest::emitted(offer.text);
}

class FileNodeMaker {
 public:
  FileNodeMaker(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items)
      : registry_(registry), request_(request), counter_(counter), items_(items) {}

  void run() {
    for (const FileOffer& offer : request_.files) {
      const std::uint32_t root = root_of(offer.of);
      if (root != no_node) add(offer, root);
    }
    for (std::size_t begin = 0; begin < items_.files.size();) {
      std::size_t end = begin;
      while (end < items_.files.size() && items_.files[end].file.of == items_.files[begin].file.of) ++end;
      add_line(begin, end);
      begin = end;
    }
  }

 private:
  std::uint32_t root_of(ManifestId id) const {
    for (const Text& text : items_.texts)
      if (text.id == id && std::count(items_.problem.roots.begin(), items_.problem.roots.end(), text.card) != 0)
        return text.card;
    return no_node;
  }

  void add(const FileOffer& offer, std::uint32_t root) {
    std::string text = text_of(registry_, offer);
    FileNodes made;
    made.file = {offer.of, offer.path, counter_.count(text), false};
    if (offer.wanted != FileOffer::Wanted::listed) made.node = add_packed(offer, std::move(text), made.file.cost, root);
    items_.files.push_back(std::move(made));
  }

  // Its value is that of a procedure of its length, because somebody asked for it.
  std::uint32_t add_packed(const FileOffer& offer, std::string text, const Cost& cost, std::uint32_t root) {
    Worth worth;
    worth.layer = registry_[offer.of].layer;
    worth.part = Part::procedure;
    worth.tokens = cost.tokens;
    Node node;
    node.role = Role::file;
    node.id = offer.of;
    node.form = Form::resource;
    node.content_hash = hash::hash_text(text);
    node.value = section_value(worth);
    node.cost = cost;
    node.text = std::move(text);
    node.up = root;
    const auto& held = request_.already_loaded;
    if (std::find(held.begin(), held.end(), node.content_hash) != held.end()) return no_node;
    const std::uint32_t number = add_node(items_, std::move(node));
    if (offer.wanted == FileOffer::Wanted::required) items_.problem.groups[root].requires_all.push_back(number);
    return number;
  }

  // Its value is a mark's share of a plain section per file: it comes in if there is room.
  void add_line(std::size_t begin, std::size_t end) {
    const ManifestId id = items_.files[begin].file.of;
    Node node;
    node.role = Role::files;
    node.id = id;
    node.form = Form::name;
    Worth worth;
    worth.layer = registry_[id].layer;
    node.value = (end - begin) * shorter_value(section_value(worth), Form::stub, Part::plain, 0, 1);
    node.up = root_of(id);
    const auto number = static_cast<std::uint32_t>(items_.nodes.size());
    for (std::size_t i = begin; i < end; ++i) items_.files[i].line = number;
    node.text = files_line(registry_, items_, number, std::vector<std::uint8_t>(number, 0));
    node.cost = counter_.count(node.text);
    add_node(items_, std::move(node));
    items_.problem.groups[number].requires_all.push_back(names_node(items_, id, counter_));
  }

  const Registry& registry_;
  const BundleRequest& request_;
  const TokenCounter& counter_;
  Items& items_;
};

}  // namespace

void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items) {
  FileNodeMaker(registry, request, counter, items).run();
}

std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen) {
  std::string listed;
  std::size_t count = 0;
  ManifestId of{};
  for (const FileNodes& entry : items.files) {
    if (entry.line != line || (entry.node != no_node && chosen[entry.node] != 0)) continue;
    of = entry.file.of;
    if (++count > most_listed) continue;
    listed += (listed.empty() ? " " : ", ") + shown_path(entry.file) + " (" + std::to_string(entry.file.cost.tokens) +
              " tokens)";
  }
  if (count == 0) return {};
  if (count > most_listed) listed += " and " + std::to_string(count - most_listed) + " more";
  const std::string skill = shown_skill(registry, of);
  return "linked files of " + skill + ":" + listed + "; cascade bundle " + skill + " --with FILE\n";
}

}  // namespace cascade::bundle
