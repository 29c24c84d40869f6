// Nodes for the files of skills: one with the text for each file that was asked for, and for each skill one with lines
// that list its other files. These are counted with all files listed; packed files leave them, so they only get
// shorter.
#include "bundle/file_nodes.h"

#include <algorithm>

#include "bundle/part.h"
#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "manifest/forged_marks.h"
#include "manifest/head.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::bundle {
namespace {

constexpr std::size_t longest_path = 300;  // code points
constexpr std::size_t most_listed = 20, most_with_purpose = 6;

std::string owner_name(const Registry& registry, ManifestId id) {
  return std::string(to_string(registry[id].kind)) + ":" + manifest::one_line(registry[id].name, 200);
}

// Begins like another manifest's head, so that no file can forge one (manifest/forged_marks.h).
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
      while (end < items_.files.size() && items_.files[end].listed.file.of == items_.files[begin].listed.file.of) ++end;
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
    made.listed = described(offer, request_.folder ? request_.folder(offer.of) : std::string(), counter_, text);
    if (offer.wanted != FileOffer::Wanted::listed && !offer.text.empty())
      made.node = add_packed(offer, std::move(text), made.listed.file.cost, root);
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

  // A step that names a file cannot be done without it, so the list is worth as much as a procedure of its length.
  void add_line(std::size_t begin, std::size_t end) {
    const ManifestId id = items_.files[begin].listed.file.of;
    Node node;
    node.role = Role::files;
    node.id = id;
    node.form = Form::name;
    node.up = root_of(id);
    const auto number = static_cast<std::uint32_t>(items_.nodes.size());
    for (std::size_t i = begin; i < end; ++i) items_.files[i].line = number;
    node.text = files_line(registry_, items_, number, std::vector<std::uint8_t>(number, 0));
    node.cost = counter_.count(node.text);
    node.content_hash = hash::hash_text(node.text);
    const auto& held = request_.already_loaded;
    if (std::find(held.begin(), held.end(), node.content_hash) != held.end()) {
      for (std::size_t i = begin; i < end; ++i) items_.files[i].line = no_node;
      return;
    }
    Worth worth;
    worth.layer = registry_[id].layer;
    worth.part = Part::procedure;
    worth.tokens = node.cost.tokens;
    node.value = section_value(worth);
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
  std::string text =
      "linked files of " + owner_name(registry, files.front()->file.of) + ", to open or run where they lie:\n";
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

// Reads the first lines of a file. A page (Markdown, plain text) speaks for itself from its first line on; of anything
// else only a comment counts, so lines are skipped until one begins with a comment's sign, and the first line of code
// ends the search. Lines that tools and lawyers want there (#!, encoding, licence) say nothing about the purpose.
namespace {

constexpr std::size_t longest_purpose = 100;  // code points
constexpr int most_lines = 30;

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

// Of a comment's text, or of a page's.
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
  for (int number = 0; number < most_lines && !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = letters::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
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
