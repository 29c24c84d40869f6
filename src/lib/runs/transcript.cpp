// Lines are collected by the id of their answer, and the last one's usage counts. Long files are read in pieces, cut
// after a line that answers a tool, where no answer is incomplete.
#include "runs/runs.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "client/event_input.h"
#include "client/models.h"
#include "files/file_tail.h"
#include "files/paths.h"
#include "files/tree.h"
#include "syntax/json.h"

namespace cascade::tiers {
namespace {

using session::Usage, syntax::Node, syntax::NodeKind;

constexpr std::uint64_t most_at_once = 16 << 20, most_tail = 512 << 10;
constexpr syntax::NodeLimits line_limits{.bytes = 8 << 20, .depth = 64, .nodes = 200'000, .alias_nodes = 0};
constexpr std::uint64_t most_tokens = 1'000'000'000;  // of one answer: a larger number is not a token count
constexpr std::size_t most_models = 20, longest_model = 100;

std::string_view text_of(const Node* object, std::string_view key) {
  const Node* value = object == nullptr ? nullptr : object->find(key);
  return value != nullptr && value->kind == NodeKind::string ? std::string_view(value->text) : std::string_view();
}

std::uint64_t count_of(const Node* object, std::string_view key) {
  const Node* value = object == nullptr ? nullptr : object->find(key);
  std::uint64_t count = 0;
  if (value != nullptr && value->kind == NodeKind::number)
    std::from_chars(value->text.data(), value->text.data() + value->text.size(), count);
  return std::min(count, most_tokens);
}

Usage usage_of(const Node* object) {
  Usage usage;
  if (object == nullptr) return usage;
  usage.input = count_of(object, "input_tokens");
  usage.output = count_of(object, "output_tokens");
  usage.cache_write = count_of(object, "cache_creation_input_tokens");
  usage.cache_read = count_of(object, "cache_read_input_tokens");
  usage.cache_write_1h =
      std::min(count_of(object->find("cache_creation"), "ephemeral_1h_input_tokens"), usage.cache_write);
  usage.searches = count_of(object->find("server_tool_use"), "web_search_requests");
  return usage;
}

// One answer, which may take several lines.
struct Answer {
  std::string model;
  Usage usage;
  std::uint64_t tools = 0;
  bool is_error = false;
  std::vector<std::string> texts;
};

class TranscriptReader {
 public:
  // Most lines are neither and are told by a search for one word, without parsing them as JSON.
  void line(std::string_view line) {
    if (syntax::holds_member(line, "type", "assistant")) {
      answer(line);
    } else if (line.find("\"tool_result\"") != std::string_view::npos) {
      last_result_ = line;
    }
  }

  Stretch take() {
    Stretch stretch;
    for (const std::string& id : order_) add(answers_[id], stretch);
    if (!order_.empty()) {
      const Answer& last = answers_[order_.back()];
      stretch.ends = last.tools == 0;
      stretch.failed = last.is_error;
      stretch.last_texts = last.texts;
    }
    stretch.tool_failed = is_failure(last_result_);
    return stretch;
  }

 private:
  void answer(std::string_view line) {
    const syntax::Parsed parsed = syntax::parse_json(line, line_limits);
    const Node* const message = parsed.root.find("message");
    if (text_of(&parsed.root, "type") != "assistant" || message == nullptr || message->kind != NodeKind::map) return;
    std::string id(text_of(message, "id"));
    // An answer without an id is one of its own.
    if (id.empty()) id = "#" + std::to_string(order_.size());
    const auto [found, is_new] = answers_.try_emplace(id);
    if (is_new) order_.push_back(id);
    Answer& answer = found->second;
    answer.model = text_of(message, "model").substr(0, longest_model);
    answer.usage = usage_of(message->find("usage"));  // the last line is final
    answer.is_error = answer.is_error || client::is_true(parsed.root, "isApiErrorMessage");
    const Node* const content = message->find("content");
    if (content == nullptr || content->kind != NodeKind::list) return;
    for (const Node& block : content->items) {
      if (text_of(&block, "type") == "tool_use") ++answer.tools;
      if (text_of(&block, "type") == "text") answer.texts.emplace_back(text_of(&block, "text"));
    }
  }

  static void add(const Answer& answer, Stretch& stretch) {
    stretch.tools += answer.tools;
    if (answer.model.empty() || answer.model.front() == '<') return;  // "<synthetic>": the client's own words
    auto entry =
        std::ranges::find_if(stretch.models, [&](const Answers& known) { return known.model == answer.model; });
    if (entry == stretch.models.end()) {
      // Beyond the limit an answer counts for the last model: the sum of tokens stays right, its split does not.
      const bool is_full = stretch.models.size() == most_models;
      if (!is_full) stretch.models.push_back({answer.model, {}, {}});
      entry = stretch.models.end() - 1;
    }
    const Usage& usage = answer.usage;
    entry->usage += usage;
    // Which rate holds depends on the prompt of each answer, and the sums that are kept no longer tell it.
    if (usage.input + usage.cache_write + usage.cache_read > client::long_prompt_tokens) entry->long_usage += usage;
  }

  static bool is_failure(std::string_view line) {
    if (line.empty()) return false;
    const syntax::Parsed parsed = syntax::parse_json(line, line_limits);
    const Node* const message = parsed.root.find("message");
    const Node* const content = message == nullptr ? nullptr : message->find("content");
    if (content == nullptr || content->kind != NodeKind::list) return false;
    return std::ranges::any_of(content->items, [](const Node& block) {
      return text_of(&block, "type") == "tool_result" && client::is_true(block, "is_error");
    });
  }

  std::map<std::string, Answer> answers_;
  std::vector<std::string> order_;
  std::string_view last_result_;
};

// The text up to and including the last line that answers a tool: an answer's blocks come before the results of its
// calls.
std::string_view up_to_a_result(std::string_view text) {
  const std::size_t at = text.rfind("\"tool_result\"");
  const std::size_t end = at == std::string_view::npos ? std::string_view::npos : text.find('\n', at);
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

std::string folder_of(const std::string& session_transcript) {
  constexpr std::string_view extension = ".jsonl";
  if (session_transcript.size() <= extension.size() || !session_transcript.ends_with(extension)) return {};
  return session_transcript.substr(0, session_transcript.size() - extension.size()) + "/subagents";
}

}  // namespace

Stretch read_stretch(std::string_view text, std::uint64_t from) {
  TranscriptReader reader;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', begin)) {
    reader.line(text.substr(begin, end - begin));
    begin = end + 1;
  }
  Stretch stretch = reader.take();
  stretch.end = from + begin;
  return stretch;
}

Result<Stretch> read_transcript(const std::string& path, std::uint64_t from) {
  const auto text = files::read_from(path, from, most_at_once);
  if (!text) return text.error();
  const bool is_cut = text->size() == most_at_once;
  Stretch stretch = read_stretch(is_cut ? up_to_a_result(*text) : std::string_view(*text), from);
  if (!is_cut) return stretch;
  // This is not the file's end, so its last words say nothing about how the subagent ended.
  stretch.ends = stretch.failed = false;
  if (stretch.end == from) stretch.end = from + text->size();  // a single line of that size is skipped
  return stretch;
}

// Looks at the newest hundred notes only: the call that has just ended is among them.
std::string subagent_of_call(const std::string& session_transcript, const std::string& call) {
  constexpr std::size_t most_looked_at = 100;
  constexpr std::uint64_t most_note = 16 << 10;
  constexpr std::string_view prefix = "agent-", extension = ".meta.json";
  const std::string folder = folder_of(session_transcript);
  const files::DiskTree tree;
  const auto entries = tree.list(folder);
  if (folder.empty() || call.empty() || !entries) return {};
  std::vector<std::pair<std::int64_t, std::string>> notes;  // the newest one first
  for (const files::Entry& entry : *entries)
    if (entry.name.size() > prefix.size() + extension.size() && entry.name.starts_with(prefix) &&
        entry.name.ends_with(extension))
      if (const auto stamp = tree.stat(files::join(folder, entry.name)))
        notes.emplace_back(-stamp->modified_ns, entry.name);
  std::ranges::sort(notes);
  for (std::size_t i = 0; i < notes.size() && i < most_looked_at; ++i) {
    const std::string& name = notes[i].second;
    const auto text = tree.read(files::join(folder, name), most_note);
    if (!text) continue;
    const syntax::Parsed parsed = syntax::parse_json(*text);
    if (text_of(&parsed.root, "toolUseId") == call)
      return name.substr(prefix.size(), name.size() - prefix.size() - extension.size());
  }
  return {};
}

std::string subagent_transcript(const std::string& session_transcript, const std::string& id) {
  const std::string folder = folder_of(session_transcript);
  // The id comes from the client's event; with a separator it could name a file elsewhere.
  const bool is_name = !id.empty() && id.find_first_of("/\\") == std::string::npos;
  return folder.empty() || !is_name ? std::string() : files::join(folder, "agent-" + id + ".jsonl");
}

std::string model_of_call(const std::string& session_transcript, const std::string& call) {
  const auto tail = session_transcript.empty() ? Result<std::string>(Error{ErrorCode::not_found, "", "", ""})
                                               : files::read_tail(session_transcript, most_tail);
  if (!tail) return {};
  std::string_view lines = *tail;
  while (!lines.empty()) {
    if (lines.back() == '\n') lines.remove_suffix(1);
    const std::size_t before = lines.rfind('\n');
    const std::string_view line = lines.substr(before == std::string_view::npos ? 0 : before + 1);
    lines = lines.substr(0, before == std::string_view::npos ? 0 : before + 1);
    // From the end on, since the call that is asked about is new.
    if (!syntax::holds_member(line, "type", "assistant") ||
        (!call.empty() && line.find(call) == std::string_view::npos))
      continue;
    const Stretch stretch = read_stretch(std::string(line) + "\n", 0);
    if (!stretch.models.empty()) return stretch.models.back().model;
  }
  return {};
}

}  // namespace cascade::tiers
