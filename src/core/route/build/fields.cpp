// A manifest's own claims are bounded: a list of every occasion would otherwise win every prompt.
#include "route/build/fields.h"

#include "route/build/disclaimer_leads.h"
#include "route/build/keys.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

// Written with ";", ", " or line breaks. If there is a semicolon, commas are part of the phrases.
void split_phrases(std::string_view value, std::vector<std::string>& phrases) {
  const bool semicolons = value.find(';') != std::string_view::npos;
  while (!value.empty()) {
    const std::size_t end = value.find_first_of(semicolons ? ";\n" : ",\n");
    const std::string_view phrase = letters::trim(value.substr(0, end));
    if (!phrase.empty()) phrases.emplace_back(phrase);
    if (end == std::string_view::npos) break;
    value.remove_prefix(end + 1);
  }
}

constexpr std::size_t most_phrase_characters = 2'048;

void keep_first_phrases(std::vector<std::string>& phrases) {
  std::size_t characters = 0, kept = 0;
  for (; kept < phrases.size(); ++kept) {
    characters += unicode::count_code_points(phrases[kept]);
    if (characters > most_phrase_characters) break;
  }
  phrases.resize(kept);
}

bool tells_when(std::string_view heading) {
  const std::string text = letters::to_lower(heading);
  for (const std::string_view words : {"when to use", "use when", "purpose", "overview", "when this", "use this"})
    if (text.find(words) != std::string::npos) return text.find("not") == std::string::npos;
  return false;
}

// "[ground:given] [file|folder] Real text" -> "Real text": argument hints and tags for programs. Other brackets stay.
std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t open = std::min(text.find('[', i), text.size());
    out.append(text, i, open - i);
    if (open == text.size()) break;
    const std::size_t end = text.find(']', open);
    const std::string_view inner =
        end == std::string_view::npos ? std::string_view{} : text.substr(open + 1, end - open - 1);
    const bool tag = !inner.empty() && inner.size() < 80 && inner.find_first_of("|:") != std::string_view::npos;
    if (!tag) out += '[';
    i = tag ? end + 1 : open + 1;
  }
  return out;
}

constexpr std::size_t situation_limit = 900, referrer_length = 240, example_limit = 12;

// Calls f for the sections of the body: not for shorter forms, cards and resources.
template <typename F>
void each_section(const Registry& registry, const ManifestView& view, F&& f) {
  for (std::uint32_t i = 0; i < view.sections; ++i) {
    const SectionView section = registry.section(view.id, i);
    if (section.shorter_of == i && section.form != cascade::Form::card && section.form != cascade::Form::resource)
      f(section);
  }
}

void read_body(Source& source) {
  constexpr std::size_t usual_line = 32;  // bytes, less than the mean: growing a list of lines copies it
  const std::string_view text = source.text.text;
  const std::size_t sections = source.text.sections.size();
  source.lines.reserve(text.size() / usual_line + sections);
  source.headings.reserve(sections);
  source.heading_hashes.reserve(sections);
  bool told = false;
  for (std::size_t number = 0; number < sections; ++number) {
    const auto& [range, heading] = source.text.sections[number];
    const std::string_view part = text.substr(range.begin, range.count);
    if (part.empty() && source.lines.empty()) source.lines.push_back({range.begin, 0, 0});
    append_lines(part, range.begin, source.lines);
    if (heading.empty()) continue;
    source.headings.push_back(heading);
    source.heading_hashes.push_back(fold_line(heading));
    if (told || number >= 12 || !tells_when(heading)) continue;
    told = true;
    source.situation = without_tags(part.substr(0, situation_limit));
  }
}

constexpr letters::ByteSet opens_quote("\"\xE2");
bool is_ahead_of_example(char c) { return letters::is_json_space(c) || c == '>' || c == '*' || c == '-'; }
bool may_begin_example(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower == 'u' || lower == 'p' || lower == 'e';
}

// Collects `user: "..."` and similar quotations; an <example> block of a description is one example as a whole.
void collect_examples(Source& source) {
  const std::size_t block = source.description.find("<example>");
  if (block != std::string::npos) {
    source.examples.push_back(source.description.substr(block));
    source.description.resize(block);
  }
  for (const Line& at : source.lines) {
    const char *begin = source.text.text.data() + at.begin, *const end = begin + at.length;
    while (begin != end && is_ahead_of_example(*begin)) ++begin;
    if (end - begin < 12 || !may_begin_example(*begin)) continue;
    if (source.examples.size() >= example_limit) return;
    const std::string_view line(begin, static_cast<std::size_t>(end - begin));
    const std::size_t quote = opens_quote.find_in(line.substr(0, 25));
    if (quote == std::string_view::npos) continue;
    const std::string head = letters::to_lower(line.substr(0, quote));
    if (head.find(':') == std::string::npos) continue;
    if (head.starts_with("user") || head.starts_with("prompt") || head.starts_with("example req"))
      source.examples.emplace_back(line.substr(quote, 240));
  }
}

enum class Nearness : std::uint8_t { none, last_part, title, name };

Nearness nearness(const Symbol& written, const ManifestView& view) {
  if (written.kind != view.kind) return Nearness::none;
  if (written.name == view.name) return Nearness::name;
  if (written.name == view.title) return Nearness::title;
  return written.name == view.name.substr(view.name.rfind(':') + 1) ? Nearness::last_part : Nearness::none;
}

bool is_meant(const Registry& registry, const Overlay& overlay, const ManifestView& view) {
  const Nearness near = nearness(overlay.symbol, view);
  if (near == Nearness::none || near == Nearness::name) return near == Nearness::name;
  const std::vector<ManifestId> meant = meant_by(registry, overlay.symbol);
  return std::ranges::any_of(meant, [&](ManifestId id) { return registry[id].path == view.path; });
}

// Fills in the fields that come from the registry and the overlays: all but the text.
void describe(const Registry& registry, const RouterOptions& options, Source& source) {
  const ManifestView view = registry[source.id];
  source.description = without_disclaimers(without_tags(view.description));
  for (const std::string_view key : keys::triggers)
    if (const auto value = registry.field(source.id, key)) split_phrases(*value, source.phrases);
  keep_first_phrases(source.phrases);
  const std::size_t declared = source.phrases.size();
  for (const Overlay& overlay : options.overlays)
    if (is_meant(registry, overlay, view))
      source.phrases.insert(source.phrases.end(), overlay.phrases.begin(), overlay.phrases.end());
  source.lessons = source.phrases.size() - declared;
}

// A disclaimer is a sentence, or what stands behind a dash, a semicolon or a bracket, that begins with one of a few
// fixed phrases. It ends with the sentence, or with the bracket that it stands in.
bool begins_disclaimer(std::string_view lower) {
  return std::ranges::any_of(disclaimers::leads, [&](std::string_view lead) {
    return lower.starts_with(lead) && (lower.size() == lead.size() || !letters::is_word(lower[lead.size()]));
  });
}

bool ends_sentence(std::string_view text, std::size_t at) {
  return std::string_view(".!?").find(text[at]) != std::string_view::npos &&
         (at + 1 == text.size() || letters::is_space(text[at + 1]));
}

// The bytes that separate one part of a description from the next; 0: none does here.
std::size_t joint(std::string_view text, std::size_t at) {
  if (ends_sentence(text, at) || text[at] == ';' || text[at] == '(' || text[at] == '\n') return 1;
  for (const std::string_view dash : {"\xE2\x80\x94", "\xE2\x80\x93", " - "})
    if (text.substr(at).starts_with(dash)) return dash.size();
  return 0;
}

std::size_t end_of(std::string_view text, std::size_t at, bool in_bracket) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == ')' && depth == 0 && in_bracket) return at;
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && depth > 0) --depth;
    if (depth == 0 && (ends_sentence(text, at) || text[at] == '\n')) return at;
  }
  return at;
}

// Lines are compared by the sums of a random number for each letter or digit: three times as fast as a polynomial,
// whose steps wait for each other. Here by byte; 0 for bytes that do not count. A letter's two cases have one.
constexpr std::array<std::uint64_t, 256> numbers = [] {
  std::array<std::uint64_t, 256> numbers{};
  for (std::size_t c = 0; c < numbers.size(); ++c) {
    if (!letters::is_letter_or_digit(static_cast<char>(c)) && c < 0x80) continue;
    const bool upper = letters::is_upper(static_cast<char>(c));
    std::uint64_t number = (upper ? c + ('a' - 'A') : c) * 0x9e3779b97f4a7c15ULL;  // as in SplitMix64
    number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9ULL;
    number = (number ^ number >> 27) * 0x94d049bb133111ebULL;
    numbers[c] = number ^ number >> 31;
  }
  return numbers;
}();

}  // namespace

constexpr letters::Names<Field::examples> field_names("name", "triggers", "description", "situation", "headings",
                                                      "body", "referrers", "examples");
std::string_view to_string(Field field) noexcept { return field_names.of(field); }

// Documents are read by others' links, and a shadowed manifest cannot be called: neither answers a prompt.
std::vector<ManifestId> routable(const Registry& registry) {
  std::vector<ManifestId> ids;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestId id{i}; !registry[id].document && !registry.shadowed_in_favour_of(id)) ids.push_back(id);
  return ids;
}

std::vector<ManifestId> meant_by(const Registry& registry, const Symbol& written) {
  std::vector<ManifestId> meant;
  Nearness best = Nearness::last_part;
  for (const ManifestId id : routable(registry)) {
    const Nearness near = nearness(written, registry[id]);
    if (near > best) meant.clear();
    if (near >= best) meant.push_back(id);
    best = std::max(best, near);
  }
  return meant;
}

ReadSource by_section(const Registry& registry, const ReadSection& read) {
  return [&registry, &read](ManifestId id) -> Result<SourceText> {
    const ManifestView view = registry[id];
    SourceText out;
    std::optional<Error> failed;
    each_section(registry, view, [&](const SectionView& section) {
      if (failed) return;
      auto text = read(view, section);
      if (!text) {
        failed = text.error();
        return;
      }
      const Slice range{static_cast<std::uint32_t>(out.text.size()), static_cast<std::uint32_t>(text->size())};
      out.sections.push_back({range, section.heading});
      out.text += *text;
    });
    if (failed) return *failed;
    return out;
  };
}

// A section that the file no longer has is empty: a changed file makes the index stale anyway.
ReadSource by_file(const Registry& registry, const ReadFile& read) {
  return [&registry, &read](ManifestId id) -> Result<SourceText> {
    const ManifestView view = registry[id];
    auto text = read(view);
    if (!text) return text.error();
    SourceText out;
    std::string file = std::move(text->text), unescaped;
    out.as_registered = text->as_registered;
    if (!out.as_registered) out.content = hash::hash128(file);
    out.sections.reserve(view.sections);
    each_section(registry, view, [&](const SectionView& section) {
      std::size_t begin = std::min<std::size_t>(section.offset, file.size());
      std::size_t length = std::min<std::size_t>(section.length, file.size() - begin);
      if (text->unescape) {
        const std::string meant = text->unescape(std::string_view(file).substr(begin, length));
        begin = unescaped.size();
        length = meant.size();
        unescaped += meant;
      }
      out.sections.push_back(
          {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(length)}, section.heading});
    });
    out.text = text->unescape ? std::move(unescaped) : std::move(file);
    return out;
  };
}

// Each text behind its length, so that different rows of them give different bytes.
std::uint64_t hash_inputs(const Registry& registry, ManifestId id, const RouterOptions& options) {
  const ManifestView view = registry[id];
  std::string bytes;
  bytes.reserve(view.name.size() + view.title.size() + view.plugin.size() + view.description.size() + 128);
  const auto add_number = [&](std::uint64_t number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
  };
  const auto add = [&](std::string_view text) {
    add_number(text.size());
    bytes += text;
  };
  for (const std::string_view text : {view.name, view.title, view.plugin, view.description}) add(text);
  add_number(static_cast<std::uint64_t>(view.kind));
  const std::vector<std::string_view> aliases = registry.aliases(id);
  add_number(aliases.size());
  for (const std::string_view alias : aliases) add(alias);
  for (const Overlay& overlay : options.overlays) {
    if (!is_meant(registry, overlay, view)) continue;
    add_number(overlay.phrases.size());
    for (const std::string& phrase : overlay.phrases) add(phrase);
  }
  return hash::hash64(bytes);
}

Result<Source> read_source(const Registry& registry, ManifestId id, const ReadSource& read,
                           const RouterOptions& options) {
  Source source;
  source.id = id;
  auto text = read(id);
  if (!text) return text.error();
  source.text = std::move(*text);
  describe(registry, options, source);
  read_body(source);
  collect_examples(source);
  return source;
}

// A line number counts from the file's start; sections know theirs.
std::string_view referring_line(const Registry& registry, const Source& from, std::uint32_t line) {
  const std::uint32_t first = registry[from.id].sections > 0 ? registry.section(from.id, 0).line : 1;
  if (line < first || line - first >= from.lines.size()) return {};
  return letters::trim(from.line(from.lines[line - first])).substr(0, referrer_length);
}

std::string without_disclaimers(std::string_view description) {
  const std::string lower = letters::to_lower(description);
  std::string kept;
  bool begins = true, in_bracket = false;
  for (std::size_t at = 0; at < description.size();) {
    if (begins && !letters::is_space(description[at]) && begins_disclaimer(std::string_view(lower).substr(at))) {
      at = end_of(description, at, in_bracket);
      begins = false;
      continue;
    }
    const std::size_t length = joint(description, at);
    begins = length != 0 || (begins && letters::is_space(description[at]));
    in_bracket = length != 0 ? description[at] == '(' : in_bracket;
    kept.append(description.substr(at, std::max<std::size_t>(length, 1)));
    at += std::max<std::size_t>(length, 1);
  }
  return kept;
}

std::uint64_t fold_text(std::string_view text) noexcept {
  constexpr std::size_t step = 8;  // compilers would not unroll the loop
  static_assert(numbers[0] == 0);
  const auto add = [](const unsigned char* at) {
    return numbers[at[0]] + numbers[at[1]] + numbers[at[2]] + numbers[at[3]] + numbers[at[4]] + numbers[at[5]] +
           numbers[at[6]] + numbers[at[7]];
  };
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  std::uint64_t sum = 0;
  for (; static_cast<std::size_t>(end - at) >= step; at += step) sum += add(at);
  std::array<unsigned char, 2 * step> rest{};  // zeros, which do not count, around what is left
  if (text.size() >= step) {
    std::memcpy(rest.data(), end - step, step);
    sum += add(rest.data() + (step - static_cast<std::size_t>(end - at)));
  } else {
    for (; at != end; ++at) sum += numbers[*at];
  }
  return sum;
}

std::uint32_t fold_line(std::string_view line) noexcept {
  const std::uint64_t hash = fold_text(line);
  const auto half = static_cast<std::uint32_t>(hash >> 32);
  return hash != 0 && half == 0 ? 1 : half;
}

void append_lines(std::string_view text, std::uint32_t begin, std::vector<Line>& lines) {
  std::size_t next = 0;
  const auto append_until = [&](std::size_t end) {
    const std::string_view line = text.substr(next, end - next);
    lines.push_back(
        {begin + static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(line.size()), fold_line(line)});
    next = end + 1;
  };
  letters::for_each_line_feed(text, append_until);
  if (next < text.size()) append_until(text.size());
}

std::size_t least_common(std::size_t sources) noexcept {
  constexpr std::size_t least_count = 4, least_per_cent = 4;
  return std::max(least_count, sources * least_per_cent / 100);
}

// Most hashes are rare: only those that are frequent in a small table, whose slots several share, are counted exactly.
std::vector<std::uint32_t> common_hashes(const std::vector<Span<std::uint32_t>>& lists, std::size_t least) {
  constexpr std::size_t shared = std::size_t{1} << 15;
  std::vector<std::uint32_t> counts(shared);
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list) ++counts[hash % shared];
  std::vector<std::uint32_t> some;
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list)
      if (counts[hash % shared] >= least) some.push_back(hash);
  return frequent(std::move(some), least);
}

}  // namespace cascade::route
