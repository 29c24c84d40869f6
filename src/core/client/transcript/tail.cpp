// Transcripts grow without limit and every prompt waits, so only the end is read, and only lines that hold a fixed text
// are parsed. The client does not document the file: an unexpected line is skipped and never an error. Memory costs
// more than reading, so the tail is searched in small pieces, and kept whole only where one has what is sought.
#include "client/transcript/tail.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "client/names.h"
#include "files/file_tail.h"
#include "syntax/json.h"

namespace cascade::transcript {
namespace {

// An answer is followed by lines about the request of up to 110 kB (2.1.328), but seldom.
constexpr std::uint64_t tail_bytes = 256 * 1024, usual_tail_bytes = 32 * 1024;
constexpr std::size_t max_answer_bytes = 64 * 1024, max_answers = 8;

// Takes the last line off some that are there.
std::string_view take_last_line(std::string_view& lines) {
  if (lines.back() == '\n') lines.remove_suffix(1);
  const std::size_t begin = lines.rfind('\n') + 1;  // npos + 1 is 0
  const std::string_view line = lines.substr(begin);
  lines = lines.substr(0, begin);
  return line;
}

std::string model_of_answer(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_json(line);
  const syntax::Node* type = parsed.root.find("type");
  const syntax::Node* message = parsed.root.find("message");
  const syntax::Node* model = message != nullptr ? message->find("model") : nullptr;
  if (type == nullptr || type->text != "assistant" || model == nullptr) return {};
  return model->text.rfind('<', 0) == 0 ? std::string() : model->text;  // "<synthetic>": the client's own words
}

// As a call that sets a timer with this prompt, and the timer's own line, write it.
std::string task_of(std::string_view prompt) { return "\"prompt\":" + syntax::quote_json(prompt); }

// What a person typed, in a line of the transcript; empty for results of tools, notes of the client and all else.
std::string typed_in(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_json(line);
  const syntax::Node* type = parsed.root.find("type");
  const syntax::Node* message = parsed.root.find("message");
  const syntax::Node* content = message != nullptr ? message->find("content") : nullptr;
  const syntax::Node* meta = parsed.root.find("isMeta");
  if (type == nullptr || type->text != "user" || content == nullptr || (meta != nullptr && meta->text == "true"))
    return {};
  std::string text = content->text;
  if (content->kind == syntax::NodeKind::list)
    for (const syntax::Node& item : content->items) {
      const syntax::Node* kind = item.find("type");
      const syntax::Node* words = item.find("text");
      if (kind == nullptr || kind->text != "text" || words == nullptr) return {};
      text += words->text;
    }
  return text.rfind('<', 0) == 0 ? std::string() : text;
}

constexpr std::string_view context_mark = "\"type\":\"hook_additional_context\"";

enum class Seen : std::uint8_t { nothing, others, these };

// Which texts of hooks these lines have: one with any of the names, only others, none.
Seen contexts_in(std::string_view lines, const std::vector<std::string>& names) {
  Seen seen = Seen::nothing;
  for (std::size_t at = 0; (at = lines.find(context_mark, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string_view line = lines.substr(at, end - at);
    if (std::ranges::any_of(names, [&](const std::string& name) { return line.find(name) != std::string_view::npos; }))
      return Seen::these;
    seen = Seen::others;
    at = end;
  }
  return seen;
}

}  // namespace

std::string last_model(std::string_view lines) {
  std::size_t answers = 0;
  while (!lines.empty() && answers < max_answers) {
    const std::string_view line = take_last_line(lines);
    if (line.size() > max_answer_bytes || !syntax::holds_member(line, "type", "assistant")) continue;
    ++answers;
    if (std::string model = model_of_answer(line); !model.empty()) return model;
  }
  return {};
}

std::string last_model_in(const std::string& path) {
  if (path.empty()) return {};
  for (const std::uint64_t bytes : {usual_tail_bytes, tail_bytes}) {
    const auto tail = files::read_tail(path, bytes);
    if (!tail) return {};
    if (std::string model = last_model(*tail); !model.empty() || tail->size() < bytes) return model;
  }
  return {};
}

std::string prompt_before(std::string_view lines, std::string_view prompt) {
  constexpr std::size_t most = 2'000, longest_line = 16 * 1024, looked_at = 40;
  for (std::size_t seen = 0; !lines.empty() && seen < looked_at;) {
    const std::string_view line = take_last_line(lines);
    if (line.size() > longest_line || !syntax::holds_member(line, "type", "user")) continue;
    ++seen;
    std::string typed = typed_in(line);
    if (typed.empty() || typed == prompt) continue;
    typed.resize(std::min(typed.size(), most));
    return typed;
  }
  return {};
}

std::string prompt_before_in(const std::string& path, std::string_view prompt) {
  if (path.empty()) return {};
  const auto tail = files::read_tail(path, usual_tail_bytes);
  return tail ? prompt_before(*tail, prompt) : std::string();
}

bool is_of_timer(std::string_view lines, std::string_view prompt) {
  const std::string task = task_of(prompt);
  // Every fifth character of such lines is a quote, so a search for a single quote would stop all the time. This
  // searcher skips ahead and looks at only a twentieth of the characters.
  const std::boyer_moore_horspool_searcher of_task(task.begin(), task.end());
  for (;;) {
    const auto found = std::search(lines.begin(), lines.end(), of_task);
    if (found == lines.end()) return false;
    const auto at = static_cast<std::size_t>(found - lines.begin());
    const std::size_t begin = lines.substr(0, at).rfind('\n') + 1;  // npos + 1 is 0
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string_view line = lines.substr(begin, end - begin);
    lines.remove_prefix(end);
    if (std::ranges::any_of(client::timer_marks,
                            [&](std::string_view mark) { return line.find(mark) != std::string_view::npos; }))
      return true;
  }
}

bool is_of_timer_in(const std::string& path, std::string_view prompt) {
  if (path.empty() || !files::tail_holds(path, tail_bytes, task_of(prompt)).value_or(false)) return false;
  const auto tail = files::read_tail(path, tail_bytes);
  return tail && is_of_timer(*tail, prompt);
}

// A hook's text stands a few lines below its prompt, so that of a text that arrived little is read.
bool lacks_context_in(const std::string& path, std::uint64_t from, const std::vector<std::string>& names) {
  constexpr std::uint64_t first = 64 * 1024, most = 1 << 20;
  Seen seen = Seen::nothing;
  for (const std::uint64_t bytes : {first, most}) {
    const auto lines = files::read_from(path, from, bytes);
    if (!lines || lines->empty()) return false;
    seen = contexts_in(*lines, names);
    if (seen == Seen::these) return false;
    if (lines->size() < bytes) break;
    if (bytes == most) return false;
  }
  if (seen == Seen::others || from == 0) return seen == Seen::others;
  const auto before = files::read_from(path, 0, std::min(from, most));
  return before && contexts_in(*before, {}) == Seen::others;
}

bool has_sent_skill(const std::string& path, const std::string& folder) {
  constexpr std::uint64_t most = 4 << 20;
  if (path.empty()) return false;
  std::string heading = "\"text\":" + syntax::quote_json("Base directory for this skill: " + folder + "\n");
  heading.pop_back();  // the text continues
  return files::tail_holds(path, most, heading).value_or(false);
}

}  // namespace cascade::transcript
