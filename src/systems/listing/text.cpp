// Shows the client's own list of skills and agents as it is in every request, with its cost. The client separates lines
// by line feeds and puts a frame around them; each Line has its line feed in its cost, so one is taken off a list.
// Which lines were cut, and the frame's size, were measured for Claude Code; for other clients the frame counts as
// nothing.
#include "listing/text.h"

#include "client/built_in.h"
#include "client/listing.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

using listing::Line;
using listing::Shown;

constexpr std::size_t most_named = 20;  // skills that lost their description

// "client" for the client's own skills, "plugin", or the scope.
std::string_view origin_of(const Registry& registry, const Line& line) {
  if (!line.id) return "client";
  const ManifestView manifest = registry[*line.id];
  return manifest.plugin.empty() ? to_string(manifest.scope) : std::string_view("plugin");
}

constexpr letters::Names<Shown::name_only> shown_words("whole", "cut", "name-only");
std::string_view name_of(Shown shown) { return shown_words.of(shown); }

std::size_t count(const std::vector<Line>& lines, Shown shown) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](const Line& line) { return line.shown == shown; }));
}

// The characters in the request: a line feed separates two lines, so the last one has none.
std::uint64_t chars_of(const std::vector<Line>& lines, const Cost& cost) { return lines.empty() ? 0 : cost.chars - 1; }

void add_row(TextTable& table, const std::string& what, const std::vector<Line>& lines, const Cost& cost) {
  table.row({what, std::to_string(lines.size()), std::to_string(count(lines, Shown::whole)),
             std::to_string(chars_of(lines, cost)), std::to_string(cost.tokens)});
}

// The frame around another client's lines is not counted.
client::Frame skills_frame(const ListingReport& report) {
  return report.client.empty() ? client::skills_frame(report.model) : client::Frame();
}
client::Frame agents_frame(const ListingReport& report) {
  return report.client.empty() ? client::agents_frame(report.model) : client::Frame();
}

std::size_t named(const std::vector<Line>& lines) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](const Line& line) { return !line.listed.empty(); }));
}

std::string model_text(const ListingReport& report) {
  const std::string model = report.model.empty() ? "no model named" : unicode::displayable(report.model);
  if (!report.client.empty())
    return report.client + ": of " + std::to_string(report.listing.skills.size()) + " skills that it reads it names " +
           std::to_string(named(report.listing.skills)) + "\n";
  return "client " + std::string(client::version) + ", " + model + ": a window of " + std::to_string(report.window) +
         " tokens, of which the skills may take " + std::to_string(report.listing.budget) + " characters\n";
}

// Names the first twenty: a large library may lose hundreds.
std::string lost_text(const std::vector<Line>& skills) {
  const std::size_t lost = count(skills, Shown::cut);
  if (lost == 0) return {};
  std::string text = "\n" + std::to_string(lost) + " of " + std::to_string(skills.size()) +
                     " are listed without their description, for lack of room:\n";
  std::size_t named = 0;
  for (const Line& line : skills) {
    if (line.shown != Shown::cut) continue;
    if (++named > most_named) break;
    text += "  " + unicode::displayable(line.name) + "\n";
  }
  if (lost > most_named) text += "  and " + std::to_string(lost - most_named) + " more (--lines shows all)\n";
  return text + (skills.front().listed.empty() ? "next: cascade listing tune --dry-run\n" : "");
}

std::string report_text(const ListingReport& report, Paint paint) {
  TextTable table;
  table.column("IN EVERY REQUEST");
  for (const char* title : {"ENTRIES", "DESCRIBED", "CHARS", "TOKENS"}) table.column(title, Align::right);
  add_row(table, "skills and commands", report.listing.skills, report.listing.skills_cost);
  add_row(table, "agents", report.listing.agents, report.listing.agents_cost);
  if (!report.mcp_servers.empty() || !report.mcp_tools.empty())
    table.row({"names of MCP tools", std::to_string(report.mcp_tools.size()), "0",
               std::to_string(report.mcp_cost.chars), std::to_string(report.mcp_cost.tokens)});
  if (!report.mcp_definitions.empty()) {
    const auto asked = static_cast<std::size_t>(std::count_if(
        report.mcp_definitions.begin(), report.mcp_definitions.end(), [](const auto& tool) { return tool.on_demand; }));
    const std::size_t always = report.mcp_definitions.size() - asked;
    table.row({"definitions of MCP tools", std::to_string(always), std::to_string(always),
               std::to_string(report.mcp_always.chars), std::to_string(report.mcp_always.tokens)});
  }
  const Cost whole = every_request(report);
  table.row({"with what frames them", "", "", std::to_string(whole.chars), std::to_string(whole.tokens)});
  std::string text = model_text(report) + "\n" + table.take(paint) + lost_text(report.listing.skills);
  if (!report.mcp_servers.empty() && report.mcp_tools.empty() && report.mcp_definitions.empty())
    text += "\n" + count_of(report.mcp_servers.size(), "MCP server") +
            " configured; which tools they have is known after a session here\n";
  if (report.mcp_on_demand.chars > 0)
    text += "\ndefinitions that the model of the latest session asked for: " + cost_text(report.mcp_on_demand) +
            ", in every request from then on\n";
  return text;
}

// The length of a definition without its text, which may be long and is the server's.
void write_definitions(syntax::JsonWriter& json, const ListingReport& report) {
  json.key("definitions").begin_object();
  put_cost(json, "in_every_request", report.mcp_always);
  put_cost(json, "on_demand", report.mcp_on_demand);
  json.key("tools").objects(report.mcp_definitions, [&](const listing::ToolDefinition& tool) {
    json.key("name").string(tool.name).key("on_demand").boolean(tool.on_demand);
    json.key("chars").number(unicode::count_utf16(tool.json));
  });
  json.end_object();
}

void write_lines(syntax::JsonWriter& json, const Registry& registry, const std::vector<Line>& lines) {
  json.objects(lines, [&](const Line& line) {
    json.key("name").string(line.name).key("origin").string(origin_of(registry, line));
    json.key("shown").string(name_of(line.shown));
    // The client's own texts are not repeated in full; their cost was measured.
    const bool is_named = line.cost.chars > 0;  // another client may leave a skill out for lack of room
    if (is_named && (line.id || line.shown != Shown::whole))
      json.key("text").string(line.listed.empty() ? to_text(line) : line.listed);
    json.key("tokens").number(line.cost.tokens).key("chars").number(line.cost.chars - (line.cost.chars > 0 ? 1 : 0));
  });
}

void write_list(syntax::JsonWriter& json, const Registry& registry, const std::vector<Line>& lines, const Cost& cost,
                const client::Frame& frame) {
  json.key("entries").number(lines.size()).key("described").number(count(lines, Shown::whole));
  json.key("cut").number(count(lines, Shown::cut)).key("name_only").number(count(lines, Shown::name_only));
  json.key("tokens").number(cost.tokens).key("chars").number(chars_of(lines, cost));
  json.key("frame_tokens").number(frame.tokens).key("frame_chars").number(frame.chars);
  json.key("lines");
  write_lines(json, registry, lines);
}

std::string report_json(const Registry& registry, const ListingReport& report) {
  syntax::JsonWriter json = document("cascade.listing/1");
  json.key("client").string(report.client.empty() ? client::version : std::string_view(report.client));
  json.key("model").string(report.model);
  json.key("window").number(report.window).key("budget_chars").number(report.listing.budget);
  json.key("skills").begin_object().key("whole_chars").number(report.listing.whole_chars);
  write_list(json, registry, report.listing.skills, report.listing.skills_cost, skills_frame(report));
  json.end_object().key("agents").begin_object();
  write_list(json, registry, report.listing.agents, report.listing.agents_cost, agents_frame(report));
  json.end_object().key("mcp").begin_object();
  json.key("servers").array(report.mcp_servers);
  json.key("tools").array(report.mcp_tools);
  put_cost(json, report.mcp_cost);
  write_definitions(json, report);
  json.end_object();
  put_cost(json, "every_request", every_request(report));
  return finish(json);
}

// An empty list is not framed.
void add_framed(Cost& cost, const Cost& lines, const client::Frame& frame) {
  if (lines.chars == 0) return;
  cost.tokens += lines.tokens + frame.tokens;
  cost.chars += lines.chars - 1 + frame.chars;
}

}  // namespace

Cost every_request(const ListingReport& report) {
  Cost cost = subagent_request(report);
  add_framed(cost, report.listing.agents_cost, agents_frame(report));
  return cost;
}

Cost subagent_request(const ListingReport& report) {
  Cost cost = report.mcp_cost + report.mcp_always;
  add_framed(cost, report.listing.skills_cost, skills_frame(report));
  return cost;
}

std::string listing_lines(const listing::Listing& listing) {
  std::string text;
  for (const std::vector<Line>* lines : {&listing.skills, &listing.agents})
    for (const Line& line : *lines) {
      if (line.cost.chars == 0) continue;  // another client leaves it out for lack of room
      if (!line.listed.empty()) {
        text += unicode::displayable(line.listed, true);
        continue;
      }
      text += unicode::displayable(to_text(line));
      if (!line.id && line.shown == Shown::whole)
        text += ": (the client's own, " + std::to_string(line.cost.chars - 1) + " characters)";
      text += "\n";
    }
  return text;
}

Result<std::string> listing_report(const Registry& registry, const ListingReport& report, Format format, Paint paint) {
  if (format == Format::text) return report_text(report, paint);
  if (format == Format::json) return report_json(registry, report);
  return no_format("listing", format);
}

}  // namespace cascade::rendering
