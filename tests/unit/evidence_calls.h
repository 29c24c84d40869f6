// Tool calls for tests, as the client tells of them.
#pragma once

#include <string>
#include <vector>

#include "evidence/claims.h"
#include "evidence/deed.h"
#include "syntax/json.h"

namespace cascade::evidence {

inline ToolCall tool_call(const std::string& tool, const std::string& input, const std::string& output) {
  ToolCall call;
  call.tool = tool;
  call.input = syntax::parse_json(input).root;
  call.response = syntax::parse_json(output).root;
  call.output = output;
  call.directory = "/w/app";
  return call;
}

// A line that ended with `status`; its output is the failure's text where that is not 0.
inline ToolCall bash(const std::string& command, const std::string& output = "", int status = 0) {
  ToolCall call = tool_call("Bash", "{\"command\": " + syntax::quote_json(command) + "}", "null");
  call.output = output;
  call.failed = status != 0;
  call.status = status;
  return call;
}

inline ToolCall fetch(const std::string& url, const std::string& response) {
  ToolCall call = tool_call("WebFetch", "{\"url\": " + syntax::quote_json(url) + "}", response);
  return call;
}

inline ToolCall browser(const std::string& tool, const std::string& input, const std::string& output) {
  ToolCall call = tool_call("mcp__playwright__" + tool, input, "null");
  call.output = output;
  return call;
}

inline std::vector<Finding> find(const ToolCall& call) { return find(call, read_deed(call), {}); }

// "deploy shop", "http https://..."; one a finding, "; " between.
inline std::string found(const ToolCall& call) {
  std::string text;
  for (const Finding& finding : find(call))
    text += (text.empty() ? "" : "; ") +
            std::string(finding.is_effect ? to_string(finding.kind) : to_string(finding.interface)) + " " +
            finding.target;
  return text;
}

// The levels that the effects of these calls have in the end, as "2/2" of reached and needed.
inline std::string levels(const std::vector<ToolCall>& calls) {
  std::vector<Event> events;
  for (const ToolCall& call : calls)
    for (const Finding& finding : find(call)) {
      Event event;
      event.what = finding.is_effect ? Event::What::effect : Event::What::witness;
      event.id = events.size() + 1;
      event.finding = finding;
      events.push_back(event);
    }
  std::string text;
  for (const Claim& claim : assess(events))
    text += (text.empty() ? "" : " ") + std::to_string(claim.level) + "/" + std::to_string(claim.required);
  return text;
}

}  // namespace cascade::evidence
