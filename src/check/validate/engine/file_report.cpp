// Stores the report of one file as bytes for the cache and reads it back. One template lists the fields for both
// directions, so writing and reading cannot disagree. Every length is checked against the bytes that are left, because
// a cache file may be damaged.
#include "validate/engine/file_report.h"

#include <cstring>
#include <type_traits>

namespace cascade::validation {
namespace {

// One list of fields for writing and reading, so that the two always agree.
class Out {
 public:
  template <typename T>
  void number(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  void text(const std::string& value) {
    number(value.size());
    bytes += value;
  }
  template <typename T, typename Each>
  void list(const std::vector<T>& values, const Each& each) {
    number(values.size());
    for (const T& value : values) each(value);
  }

  std::string bytes;
};

// A read that does not fit makes everything after it empty; `good` is asked once, at the end.
class In {
 public:
  explicit In(std::string_view given) : rest(given) {}

  template <typename T>
  void number(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (rest.size() < sizeof(value)) return fail();
    std::memcpy(&value, rest.data(), sizeof(value));
    rest.remove_prefix(sizeof(value));
  }
  void text(std::string& value) {
    std::size_t size = 0;
    number(size);
    if (size > rest.size()) return fail();
    value = rest.substr(0, size);
    rest.remove_prefix(size);
  }
  template <typename T, typename Each>
  void list(std::vector<T>& values, const Each& each) {
    std::size_t count = 0;
    number(count);
    if (count > rest.size()) return fail();  // an element has at least one byte
    values.resize(count);
    for (T& value : values) each(value);
  }
  void fail() {
    good = false;
    rest = {};
  }

  std::string_view rest;
  bool good = true;
};

template <typename Stream, typename T>
void location(Stream& stream, T& at) {
  stream.text(at.path);
  stream.number(at.line);
  stream.number(at.column);
  stream.number(at.end_line);
  stream.number(at.end_column);
}

template <typename Stream, typename T>
void fix_fields(Stream& stream, T& fix) {
  stream.number(fix.safe);
  stream.list(fix.edits, [&](auto& edit) {
    stream.text(edit.path);
    stream.number(edit.offset);
    stream.number(edit.length);
    stream.text(edit.text);
  });
}

template <typename Stream, typename T>
void finding_fields(Stream& stream, T& finding) {
  stream.number(finding.severity);
  stream.text(finding.rule);
  location(stream, finding.at);
  stream.text(finding.message);
  stream.text(finding.help);
  stream.text(finding.fingerprint);
  stream.list(finding.related, [&](auto& other) {
    location(stream, other.at);
    stream.text(other.message);
  });
}

template <typename Stream, typename T>
void suppression_fields(Stream& stream, T& suppression) {
  location(stream, suppression.at);
  stream.text(suppression.rule);
  stream.number(suppression.first);
  stream.number(suppression.last);
}

template <typename Stream, typename T>
void facts_fields(Stream& stream, T& facts) {
  stream.number(facts.role);
  stream.text(facts.description);
  stream.text(facts.alias);
  stream.number(facts.listed);
  stream.number(facts.for_model);
  stream.number(facts.for_user);
  location(stream, facts.name_at);
  location(stream, facts.description_at);
  location(stream, facts.closed_at);
  stream.number(facts.names_itself);
  location(stream, facts.itself_at);
  stream.list(facts.line_hashes, [&](auto& value) { stream.number(value); });
  stream.list(facts.line_numbers, [&](auto& value) { stream.number(value); });
}

template <typename Stream, typename T>
void look_fields(Stream& stream, T& look) {
  stream.number(look.at);
  stream.text(look.path);
  stream.number(look.answer);
}

}  // namespace

std::string bytes_of(const FileReport& report) {
  Out out;
  out.list(report.looks, [&](const Look& look) { look_fields(out, look); });
  out.list(report.found, [&](const Diagnostic& finding) {
    finding_fields(out, finding);
    out.number(finding.fix.has_value());
    if (finding.fix) fix_fields(out, *finding.fix);
  });
  out.list(report.suppressions, [&](const Suppression& suppression) { suppression_fields(out, suppression); });
  out.number(report.bytes);
  out.number(report.facts.has_value());
  if (report.facts) facts_fields(out, *report.facts);
  return std::move(out.bytes);
}

std::optional<Looks> take_looks(std::string_view& bytes) {
  In in(bytes);
  Looks looks;
  in.list(looks, [&](Look& look) { look_fields(in, look); });
  bytes = in.rest;
  if (!in.good) return std::nullopt;
  return looks;
}

// `rest` must be used up: bytes behind the last field mean that it was written by another version.
std::optional<FileReport> report_of(std::string_view rest) {
  In in(rest);
  FileReport report;
  in.list(report.found, [&](Diagnostic& finding) {
    finding_fields(in, finding);
    bool has_fix = false;
    in.number(has_fix);
    if (has_fix) fix_fields(in, finding.fix.emplace());
  });
  in.list(report.suppressions, [&](Suppression& suppression) { suppression_fields(in, suppression); });
  in.number(report.bytes);
  bool has_facts = false;
  in.number(has_facts);
  if (has_facts) facts_fields(in, report.facts.emplace());
  if (!in.good || !in.rest.empty()) return std::nullopt;
  return report;
}

}  // namespace cascade::validation
