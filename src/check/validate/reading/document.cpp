// One file as the rules read it. Lines, triggers and data are made at once; the model of the text only when a rule asks
// for it, because it costs the most.
#include "validate/reading/document.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "client/built_in.h"
#include "client/dialect.h"
#include "client/names.h"
#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/toml.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "text/words.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/text_model.h"
#include "validate/reading/trigger_words.h"

namespace cascade::validation {
namespace {

// As git does it: a NUL near the beginning.
bool looks_binary(std::string_view text) { return text.substr(0, 8000).find('\0') != std::string_view::npos; }

// Blanks for commas before a closing bracket, which some clients allow. Commas within strings are text.
std::string without_last_commas(std::string json) {
  std::size_t comma = std::string::npos;  // the last sign but blanks, if it is one
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (letters::is_space(json[at])) continue;
    if ((json[at] == '}' || json[at] == ']') && comma != std::string::npos) json[comma] = ' ';
    comma = json[at] == ',' ? at : std::string::npos;
    if (json[at] != '"') continue;
    for (++at; at < json.size() && json[at] != '"'; ++at)
      if (json[at] == '\\') ++at;
  }
  return json;
}

syntax::Parsed read_settings(std::string_view text, bool toml, const client::ProjectSettings& form) {
  if (toml) return syntax::read_toml(text).parsed;
  if (!form.comments) return syntax::parse_json(text);
  std::string json = syntax::without_comments(text);
  return syntax::parse_json(form.last_commas ? without_last_commas(std::move(json)) : json);
}

}  // namespace

Document::Document(const std::string& path, std::string_view text, Place place, std::optional<ManifestView> manifest)
    : path_(path),
      text_(text),
      place_(place),
      manifest_(manifest),
      binary_((place.role == Role::script || place.role == Role::text) && looks_binary(text)),
      lines_(binary_ ? std::string_view() : text) {
  if (binary_) return;
  triggers_ = find_triggers(text_);
  if (is_json(role())) {
    const client::ProjectSettings* const settings = place_.other ? place_.other->settings : nullptr;
    data_ = settings == nullptr ? syntax::parse_json(text_) : read_settings(text_, path_.ends_with(".toml"), *settings);
  } else if (is_manifest(role()) && path_.ends_with(".toml")) {
    read_toml();
  } else if (is_markdown(role())) {
    frontmatter_ = syntax::find_frontmatter(text_);
    if (frontmatter_.end > frontmatter_.begin)
      data_ = syntax::parse_yaml(text_.substr(frontmatter_.begin, frontmatter_.end - frontmatter_.begin),
                                 frontmatter_.line);
  }
}

// What follows the begin of the string that the client gives to the model is the body.
void Document::read_toml() {
  syntax::Toml toml = syntax::read_toml(text_);
  frontmatter_.body = text_.size();
  for (const syntax::TomlText& text : toml.texts)
    if (text.key == (role() == Role::agent ? "developer_instructions" : "prompt")) frontmatter_.body = text.begin;
  if (role() == Role::command)  // Gemini CLI 0.61.0 refuses what Codex reads; the first fault says it all
    for (const syntax::TomlText& text : toml.texts)
      for (const syntax::TomlText::Piece& piece : text.pieces)
        if (toml.parsed.faults.empty() && !piece.copied && starts_with_part(text_.substr(piece.source), {"\\e", "\\x"}))
          toml.parsed.faults.push_back({syntax::FaultKind::syntax, lines_.at(piece.source), "an escape of TOML 1.1"});
  data_ = std::move(toml.parsed);
}

const TextModel& Document::body() const {
  if (!body_) body_ = std::make_unique<TextModel>(text_, frontmatter_.body);
  return *body_;
}

Location Document::at(const syntax::Node& node) const {
  Location at = this->at(node.at);
  if (node.end.line > node.at.line || (node.end.line == node.at.line && node.end.column > node.at.column)) {
    at.end_line = node.end.line;
    at.end_column = node.end.column;
  }
  return at;
}

// Columns count characters. The last answer is kept, since findings of one line come in order; without it a long line
// with many findings would be counted from its begin for each of them.
std::uint32_t Document::column(std::uint32_t line, std::size_t offset) const {
  if (line != last_line_ || offset < last_offset_) {
    last_line_ = line;
    last_offset_ = lines_.start(line);
    last_column_ = 1;
    if (line == 1 && text_.starts_with(unicode::byte_order_mark)) last_offset_ = unicode::byte_order_mark.size();
  }
  if (offset > last_offset_) {
    last_column_ +=
        static_cast<std::uint32_t>(unicode::count_code_points(text_.substr(last_offset_, offset - last_offset_)));
    last_offset_ = offset;
  }
  return last_column_;
}

Location Document::at(std::size_t offset, std::size_t length) const {
  const std::size_t begin = std::min(offset, text_.size());
  Location at = at_line(lines_.line_at(begin));
  at.column = column(at.line, begin);
  // A finding that spans lines is underlined up to the end of its first line.
  const std::size_t line_end = lines_.start(at.line) + lines_.line(at.line).size();
  const std::size_t end = std::min(begin + length, std::max(line_end, begin));
  at.end_line = at.line;
  at.end_column = at.column + static_cast<std::uint32_t>(unicode::count_code_points(text_.substr(begin, end - begin)));
  return at;
}

Location Document::at_part(const syntax::Node& value, std::string_view part) const {
  const std::size_t begin = lines_.start(value.at.line);
  const std::string_view block = text_.substr(0, std::max(begin, frontmatter_.end));
  const std::size_t found = part.empty() ? std::string_view::npos : block.find(part, begin);
  return found == std::string_view::npos ? at(value) : at(found, part.size());
}

// Splits the text at bytes that belong to no word and looks each word up in a small hash table, by its length and
// three of its letters. One pass finds the places for all rules; a rule without any trigger in a file need not read
// it, which saves most of the time of a validation.
namespace {

using enum Trigger;

// In lower case; the text may have any case.
struct Word {
  std::string_view text;
  Trigger trigger = download;
};

struct Group {
  Trigger trigger;
  std::span<const std::string_view> words;
};
constexpr Group groups[] = {{download, trigger_words::download},
                            {drop, lists::drops},
                            {drop, lists::obeys},
                            {drop, trigger_words::drop},
                            {secrecy, lists::saying},
                            {secrecy, lists::hides},
                            {secrecy, lists::knows},
                            {secrecy, lists::secretly},
                            {system, trigger_words::system},
                            {decode, trigger_words::decode},
                            {destroy, trigger_words::destroy},
                            {credential, trigger_words::credential},
                            {settings, trigger_words::settings},
                            {home, trigger_words::home}};

constexpr std::size_t count_known_words() {
  std::size_t count = 0;
  for (const Group& group : groups) count += group.words.size();
  return count;
}

constexpr auto words = [] {
  std::array<Word, count_known_words()> all{};
  std::size_t at = 0;
  for (const Group& group : groups)
    for (const std::string_view word : group.words) all[at++] = {word, group.trigger};
  return all;
}();

constexpr std::size_t slots = 1024, longest = 18, encoded_length = 20;

// The factors were chosen so that few words share a slot; any others would work, only slower.
constexpr std::size_t slot_of(std::size_t length, char first, char second, char last) {
  return (length * 37 + static_cast<std::size_t>(first) * 5 + static_cast<std::size_t>(second) * 61 +
          static_cast<std::size_t>(last) * 17) %
         slots;
}

// A hash table of words: `first[slot]` is the number of a word plus one, `next` chains words that share a slot.
struct Buckets {
  std::array<std::uint8_t, slots> first{};
  std::array<std::uint8_t, std::size(words)> next{};
};
constexpr Buckets buckets = [] {
  Buckets buckets;
  for (std::size_t i = 0; i < std::size(words); ++i) {
    const std::string_view word = words[i].text;
    const std::size_t slot = slot_of(word.size(), word[0], word[1], word.back());
    buckets.next[i] = buckets.first[slot];
    buckets.first[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return buckets;
}();
static_assert(std::size(words) < 255);

// 0 for characters that end a word, else the letter in lower case.
constexpr auto folding = [] {
  std::array<char, 256> folding{};
  for (int c = 0; c < 256; ++c)
    if (const char letter = static_cast<char>(c); letters::is_letter_or_digit(letter))
      folding[c] = letters::to_lower(letter);
  return folding;
}();

// A run of twenty letters and digits may be an encoded payload, whatever it spells.
void look_up(std::string_view text, std::size_t begin, std::size_t length, Triggers& found) {
  if (length >= encoded_length) found.at[static_cast<std::size_t>(encoded)].push_back(begin);
  const std::string_view word = text.substr(begin, length);
  if (length > longest || length < 2) return;
  const auto fold = [&](std::size_t i) { return folding[static_cast<unsigned char>(word[i])]; };
  std::uint8_t number = buckets.first[slot_of(length, fold(0), fold(1), fold(length - 1))];
  for (; number != 0; number = buckets.next[number - 1]) {
    const Word& known = words[number - 1];
    if (letters::equals_lower(word, known.text)) found.at[static_cast<std::size_t>(known.trigger)].push_back(begin);
  }
}

}  // namespace

Triggers find_triggers(std::string_view text) {
  Triggers found;
  for (std::size_t i = 0; i < text.size();) {
    if (folding[static_cast<unsigned char>(text[i])] == 0) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && folding[static_cast<unsigned char>(text[i])] != 0) ++i;
    look_up(text, begin, i - begin, found);
  }
  return found;
}

// Says of each file what it is. First its base is found, the nearest plugin or .claude folder above it, else the parent
// of the first folder called skills, agents, commands or hooks; the nearest SKILL.md within that base makes it part of
// a skill. A file that the registry took as a manifest has its kind; names and endings decide about the others.
namespace {

// Which of the two that make a manifest stand at the beginning of a line, in front matter or in a whole file.
struct Declared {
  bool name = false, description = false;
  bool both() const { return name && description; }
};

Declared declared_in(std::string_view text) {
  constexpr std::uint32_t most_lines = 60;
  Declared found;
  for (const letters::Line line : letters::lines(text)) {
    if (line.number > most_lines) break;
    found.name = found.name || line.starts_with("name:");
    found.description = found.description || line.starts_with("description:");
  }
  return found;
}

// A form to be filled in, in a folder of templates among agents: it says nothing of an agent that could be chosen.
bool is_form(std::string_view path, std::string_view text) {
  for (std::string_view above = files::parent(path); !above.empty(); above = files::parent(above)) {
    const std::string_view folder = files::file_name(above);
    if (folder == "agents") return false;
    if (folder.find("template") != std::string_view::npos) return !declared_in(text).description;
  }
  return false;
}

// "CATALOG", "AGENT_INDEX", "readme-routing", "agents-overview": what pages about agents are called.
bool is_name_of_page(std::string_view stem) {
  if (letters::starts_with_lower(stem, "readme")) return true;
  constexpr std::size_t least = 4;
  if (stem.size() >= least && std::ranges::none_of(stem, letters::is_lower) &&
      std::ranges::all_of(stem, letters::is_name))
    return true;
  const std::size_t last = stem.find_last_of("-_") + 1;  // of none: 0
  return letters::is_one_of_lower(stem.substr(last), lists::page_names);
}

// A page that lies among agents or below them in a folder of material, and has no front matter: nobody meant it as one.
bool is_page(std::string_view path, std::string_view text) {
  if (text.starts_with(unicode::byte_order_mark)) text.remove_prefix(unicode::byte_order_mark.size());
  if (text.starts_with("---")) return false;
  if (is_name_of_page(files::stem(path))) return true;
  for (std::string_view above = files::parent(path); !above.empty(); above = files::parent(above)) {
    const std::string_view folder = files::file_name(above);
    if (folder == "agents") return false;
    if (letters::is_one_of_lower(folder, lists::material_folders)) return true;
  }
  return false;
}

// Endings that no agent has; a missing ending is one of them. openai.yaml in a skill's agents folder tells Codex about
// the skill and is not an agent.
bool is_foreign_ending(std::string_view name) {
  if (name == "openai.yaml" || name == "openai.yml") return false;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  return letters::is_one_of_lower(name.substr(dot), lists::foreign_endings) ||
         (name.substr(dot) != ".md" && letters::equals_lower(name.substr(dot), ".md"));
}

// "commit", "fix-build": as a skill would be called, where an index or a note has capitals or blanks.
bool is_plain_name(std::string_view stem) { return letters::is_hyphenated(stem, false) && !letters::has_capital(stem); }

// An agent in a folder of a collection ("quality/test-writer.md"): named like its file, with a description and tools or
// a model. Whoever wants it copies it to where a client looks.
bool is_agent_elsewhere(std::string_view path, const Place& place, std::string_view text) {
  if (place.role != Role::markdown || place.skill || place.in_plugin || !path.ends_with(".md") ||
      !text.starts_with("---"))
    return false;
  for (std::string_view above = files::parent(path); !above.empty(); above = files::parent(above))
    if (letters::is_one_of(files::file_name(above), lists::component_folders) ||
        letters::is_one_of_lower(files::file_name(above), lists::material_folders))
      return false;
  const std::string_view block = text.substr(0, text.find("\n---", 3));
  const Declared found = declared_in(block);
  const std::string name = "\nname: " + std::string(files::stem(path)) + "\n";
  return found.description && has_part(block, {name}) && has_part(block, {"\ntools:", "\nmodel:"});
}

}  // namespace

std::optional<Role> intended_role(std::string_view path, const Place& place, std::string_view text) {
  if (place.role == Role::agent && (is_form(path, text) || is_page(path, text))) return Role::document;
  if (place.manifest || place.other || place.role == Role::document) return std::nullopt;
  std::string_view inside = path;
  if (!place.base.empty()) inside.remove_prefix(place.base.size() + 1);
  const std::size_t first = inside.find('/');
  if (is_agent_elsewhere(path, place, text)) return Role::agent;
  if (first == std::string_view::npos) return std::nullopt;
  const std::string_view component = inside.substr(0, first), name = files::file_name(path);
  const std::string_view rest = inside.substr(first + 1);
  if (component == "agents" && is_foreign_ending(name) && declared_in(text).both()) return Role::agent;
  if (component != "skills") return std::nullopt;
  const auto depth = std::ranges::count(rest, '/');
  const bool memory = letters::is_one_of(name, lists::memory_files);  // read there as such
  // In the client's own folder people write skills as plain pages.
  const bool own = files::file_name(place.base) == client::own_folder::name && is_plain_name(files::stem(name));
  if (depth == 0 && letters::to_lower(name).ends_with(".md") && !memory && (own || declared_in(text).both()))
    return Role::skill;
  if (depth == 1 && name != "SKILL.md" && letters::equals_lower(name, "skill.md") && !place.skill) return Role::skill;
  return std::nullopt;
}

bool is_in_another_skill(const FileTree& tree, std::string_view within, std::string_view path) {
  std::string_view above = files::parent(files::parent(path));
  for (; above.size() > within.size(); above = files::parent(above))
    if (tree.has_file(files::join(above, "SKILL.md"))) return true;
  return false;
}

bool is_told_to_one_client(std::string_view path, std::string_view name) {
  const std::string_view folder = files::parent(path), above = files::file_name(files::parent(folder));
  return !name.empty() && above == name && client::find_dialect(files::file_name(folder)) != nullptr;
}

Layout::Layout(const FileTree& tree, const Registry& registry, const TreeFacts& facts)
    : tree_(tree), registry_(registry), facts_(facts) {
  manifests_.reserve(registry.size());
  for (std::uint32_t i = 0; i < registry.size(); ++i) manifests_.emplace(registry[ManifestId{i}].path, ManifestId{i});
}

std::optional<ManifestId> Layout::manifest_at(std::string_view path) const {
  const auto found = manifests_.find(path);
  if (found == manifests_.end()) return std::nullopt;
  return found->second;
}

bool Layout::is_plugin(std::string_view base) const {
  return std::ranges::binary_search(facts_.plugins, base, {},
                                    [](const PluginFacts& facts) { return std::string_view(facts.base); });
}

// Returns the nearest folder above that is a plugin or a .claude; else the one that contains the first component
// folder.
std::string_view Layout::base_of(std::string_view path) const {
  for (std::string_view above = files::parent(path);; above = files::parent(above)) {
    if (files::file_name(above) == client::own_folder::name || is_plugin(above)) return above;
    if (above.empty()) break;
  }
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) break;
    if (letters::is_one_of(path.substr(begin, end - begin), lists::component_folders))
      return path.substr(0, begin == 0 ? 0 : begin - 1);
    begin = end + 1;
  }
  return path.substr(0, 0);
}

std::optional<std::string_view> Layout::skill_of(std::string_view path, std::string_view base) const {
  std::string skill;  // one buffer for all of them
  skill.reserve(path.size() + 16);
  for (std::string_view above = files::parent(path);; above = files::parent(above)) {
    skill.assign(above).append(above.empty() ? "SKILL.md" : "/SKILL.md");
    if (tree_.has_file(skill)) return above;
    if (above.empty() || above == base) return std::nullopt;
  }
}

Place Layout::place_of(std::string_view path) const {
  Place place;
  place.base = base_of(path);
  place.in_plugin = is_plugin(place.base);
  place.skill = skill_of(path, place.base);
  place.manifest = manifest_at(path);
  if (!place.manifest) place.other = client::client_file(path);
  place.role = role_of(path, place);
  return place;
}

Role Layout::role_of(std::string_view path, const Place& place) const {
  const std::string_view name = files::file_name(path), folder = files::file_name(files::parent(path));
  if (place.manifest) {
    const ManifestView manifest = registry_[*place.manifest];
    if (manifest.document) return Role::document;
    if (manifest.kind != Kind::skill && ends_with_part(name, lists::editor_endings)) return Role::document;
    switch (manifest.kind) {
      case Kind::skill: return Role::skill;
      case Kind::agent: return Role::agent;
      case Kind::command: return Role::command;
    }
  }
  if (place.other) {
    switch (place.other->kind) {
      case client::FileKind::skill: return Role::skill;
      case client::FileKind::agent: return client::is_document_name(name) ? Role::document : Role::agent;
      case client::FileKind::command: return client::is_document_name(name) ? Role::document : Role::command;
      case client::FileKind::hooks: return Role::hooks;
      case client::FileKind::settings: return Role::settings;
      case client::FileKind::misplaced:
      case client::FileKind::other: break;
    }
  }
  if (folder == ".claude-plugin" && name == "plugin.json") return Role::plugin;
  if (folder == ".claude-plugin" && name == "marketplace.json") return Role::marketplace;
  if (name == ".mcp.json" || is_portable_server_file(tree_, path)) return Role::mcp;
  if (folder == client::own_folder::name && (name == "settings.json" || name == "settings.local.json"))
    return Role::settings;
  if (folder == "hooks" && name == "hooks.json" && files::parent(files::parent(path)) == place.base) return Role::hooks;
  for (const PluginFacts& facts : facts_.plugins)
    if (letters::is_one_of(path, facts.hook_files)) return Role::hooks;
  if (ends_with_part(letters::to_lower(name), lists::markdown_endings)) return role_of_markdown(path, place);
  return ends_with_part(letters::to_lower(name), lists::script_endings) ? Role::script : Role::text;
}

Role Layout::role_of_markdown(std::string_view path, const Place& place) const {
  const std::string_view name = files::file_name(path);
  if (letters::is_one_of(name, lists::memory_files)) return Role::memory;
  const std::string_view inside = place.base.empty() ? path : path.substr(place.base.size() + 1);
  const bool component = letters::is_one_of(inside.substr(0, inside.find('/')), lists::component_folders);
  if (client::is_document_name(name)) return component || place.skill ? Role::document : Role::markdown;
  // A SKILL.md at the root of a plugin or library owns only files in subfolders.
  if (place.skill && (*place.skill != place.base || inside.find('/') != std::string_view::npos)) return Role::resource;
  // Next to folders of skills in the agents/ of a repository, without front matter.
  if (place.base.empty() && !place.in_plugin && inside.starts_with("agents/") && name.ends_with(".md"))
    return Role::document;
  return Role::markdown;
}

}  // namespace cascade::validation
