#include "route/fields.h"

#include <algorithm>
#include <cstring>

namespace cascade::route {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

constexpr std::string_view trigger_keys[] = {"metadata.cascade-triggers",
                                             "cascade-triggers",
                                             "triggers",
                                             "keywords",
                                             "tags",
                                             "metadata.tags",
                                             "metadata.triggers",
                                             "when_to_use",
                                             "when-to-use",
                                             "trigger_keywords",
                                             "trigger_phrases",
                                             "argument-hint"};

// A declared list is written with ";", ", " or line breaks.
void split_phrases(std::string_view value, std::vector<std::string>& phrases) {
  const bool semicolons = value.find(';') != std::string_view::npos;
  while (!value.empty()) {
    const std::size_t end = value.find_first_of(semicolons ? ";\n" : ",\n");
    const std::string_view phrase = trimmed(value.substr(0, end));
    if (!phrase.empty()) phrases.emplace_back(phrase);
    if (end == std::string_view::npos) break;
    value.remove_prefix(end + 1);
  }
}

bool tells_when(std::string_view heading) {
  const std::string text = lower(heading);
  for (const std::string_view words : {"when to use", "use when", "purpose", "overview", "when this", "use this"})
    if (text.find(words) != std::string::npos) return text.find("not") == std::string::npos;
  return false;
}

constexpr std::size_t situation_limit = 900, referrer_limit = 6, referrer_length = 240, example_limit = 12;

Result<void> read_body(const Registry& registry, const ReadSection& read, Source& source) {
  const ManifestView view = registry[source.id];
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  std::vector<std::uint32_t> telling;
  for (std::uint32_t i = 0; i < view.sections; ++i) {
    const SectionView section = registry.section(source.id, i);
    if (section.shorter_of != i || section.form == Form::card || section.form == Form::resource) continue;
    auto text = read(view, section);
    if (!text) return text.error();
    if (!section.heading.empty()) {
      source.headings.push_back(section.heading);
      if (ranges.size() < 12 && telling.empty() && tells_when(section.heading))
        telling.push_back(static_cast<std::uint32_t>(ranges.size()));
    }
    ranges.emplace_back(source.body.size(), text->size());
    source.body += *text;
    if (source.body.empty() || source.body.back() != '\n') source.body += '\n';
  }
  if (!telling.empty()) {
    const auto [begin, length] = ranges[telling[0]];
    source.situation = without_tags(std::string_view(source.body).substr(begin, std::min(length, situation_limit)));
  }
  return {};
}

// `user: "..."` and its like; an <example> block of a description is one example as a whole.
void collect_examples(Source& source) {
  const std::size_t block = source.description.find("<example>");
  if (block != std::string::npos) {
    source.examples.push_back(source.description.substr(block));
    source.description.resize(block);
  }
  std::string_view rest = source.body;
  while (!rest.empty() && source.examples.size() < example_limit) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    while (!line.empty() &&
           (is_space(line.front()) || line.front() == '>' || line.front() == '*' || line.front() == '-'))
      line.remove_prefix(1);
    const std::size_t quote = line.substr(0, 25).find_first_of("\"\xE2");
    if (line.size() < 12 || quote == std::string_view::npos) continue;
    const std::string head = lower(line.substr(0, quote));
    if (head.find(':') == std::string::npos) continue;
    if (head.compare(0, 4, "user") == 0 || head.compare(0, 6, "prompt") == 0 || head.compare(0, 11, "example req") == 0)
      source.examples.emplace_back(line.substr(quote, 240));
  }
}

std::string_view line_of(std::string_view text, std::size_t wanted) {
  for (std::size_t line = 0; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    if (line == wanted) return text.substr(0, end);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return {};
}

// The lines in which other manifests speak of this one. A line number counts from the file's start; sections know
// theirs.
void collect_referrers(const Registry& registry, std::vector<Source>& sources) {
  std::vector<std::uint32_t> source_of(registry.size(), none);
  for (std::uint32_t i = 0; i < sources.size(); ++i) source_of[index(sources[i].id)] = i;
  for (Source& source : sources) {
    for (const Link& link : registry.links_to(source.id)) {
      if (source.referrers.size() >= referrer_limit) break;
      const std::uint32_t from = source_of[index(link.from)];
      if (from == none || link.strength == Strength::excluded || link.line == 0) continue;
      const ManifestView view = registry[link.from];
      const std::uint32_t first = view.sections > 0 ? registry.section(link.from, 0).line : 1;
      if (link.line < first) continue;
      std::string_view line = trimmed(line_of(sources[from].body, link.line - first));
      line = line.substr(0, referrer_length);
      if (!line.empty() && std::find(source.referrers.begin(), source.referrers.end(), line) == source.referrers.end())
        source.referrers.emplace_back(line);
    }
  }
}

}  // namespace

std::string_view to_string(Field field) noexcept {
  constexpr std::string_view names[] = {"name",     "triggers", "description", "situation",
                                        "headings", "body",     "referrers",   "examples"};
  return names[static_cast<std::size_t>(field)];
}

std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '[') {
      const std::size_t end = text.find(']', i);
      const std::string_view inner =
          end == std::string_view::npos ? std::string_view{} : text.substr(i + 1, end - i - 1);
      if (!inner.empty() && inner.size() < 80 && inner.find_first_of("|:") != std::string_view::npos) {
        i = end + 1;
        continue;
      }
    }
    out += text[i++];
  }
  return out;
}

Result<std::vector<Source>> collect_sources(const Registry& registry, const ReadSection& read,
                                            const RouterOptions& options) {
  std::vector<Source> sources;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView view = registry[id];
    if (view.document || registry.shadowed_in_favour_of(id)) continue;
    Source& source = sources.emplace_back();
    source.id = id;
    source.description = without_tags(view.description);
    for (const std::string_view key : trigger_keys)
      if (const auto value = registry.field(id, key)) split_phrases(*value, source.phrases);
    for (const Overlay& overlay : options.overlays)
      if (overlay.symbol.kind == view.kind && (overlay.symbol.name == view.name || overlay.symbol.name == view.title))
        source.phrases.insert(source.phrases.end(), overlay.phrases.begin(), overlay.phrases.end());
    if (auto body = read_body(registry, read, source); !body) return body.error();
    collect_examples(source);
  }
  collect_referrers(registry, sources);
  return sources;
}

}  // namespace cascade::route
