#include "page/site.h"

#include "text/ascii.h"

namespace cascade::page {
namespace {

constexpr std::string_view html = "text/html; charset=utf-8", plain = "text/plain; charset=utf-8",
                           json = "application/json; charset=utf-8";

std::string reply(std::string_view status, std::string_view type, std::string_view body, std::string_view more = {}) {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
         "Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: DENY\r\n" +
         std::string(more) + "\r\n" + std::string(body);
}

// The value of a header, without blanks around it; empty: it is not there.
std::string_view header(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at)) {
    ++at;
    const std::string_view line = head.substr(at, head.find('\n', at) - at);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    bool same = true;
    for (std::size_t i = 0; i < name.size(); ++i) same = same && letters::to_lower(line[i]) == name[i];
    if (!same) continue;
    std::string_view value = line.substr(name.size() + 1);
    while (!value.empty() && letters::is_blank(value.front())) value.remove_prefix(1);
    while (!value.empty() && letters::is_space(value.back())) value.remove_suffix(1);
    return value;
  }
  return {};
}

// Takes as long for a wrong token as for a right one.
bool is_same(std::string_view a, std::string_view b) {
  unsigned different = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return different == 0;
}

bool is_own_host(const Site& site, std::string_view host) {
  const std::string port = ":" + std::to_string(site.port);
  return host == "127.0.0.1" + port || host == "localhost" + port;
}

bool is_from_elsewhere(const Site& site, std::string_view head) {
  const std::string_view origin = header(head, "origin"), fetch = header(head, "sec-fetch-site");
  constexpr std::string_view scheme = "http://";
  if (!origin.empty() && (!origin.starts_with(scheme) || !is_own_host(site, origin.substr(scheme.size())))) return true;
  return fetch == "cross-site" || fetch == "same-site";
}

}  // namespace

std::string address_of(const Site& site) {
  return "http://127.0.0.1:" + std::to_string(site.port) + "/" + site.token + "/";
}

std::string answer(const Site& site, std::string_view head) {
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  constexpr std::string_view get = "GET /";
  if (!line.starts_with(get)) return reply("405 Method Not Allowed", plain, "only GET\n", "Allow: GET\r\n");
  if (!is_own_host(site, header(head, "host"))) return reply("403 Forbidden", plain, "another host\n");
  if (is_from_elsewhere(site, head)) return reply("403 Forbidden", plain, "another origin\n");
  std::string_view target = line.substr(get.size());
  target = target.substr(0, target.find(' '));
  const std::size_t slash = target.find('/');
  if (slash == std::string_view::npos || site.token.empty() || !is_same(target.substr(0, slash), site.token))
    return reply("404 Not Found", plain, "the address that cascade printed has a token\n");
  target.remove_prefix(slash + 1);
  if (target.empty()) return reply("200 OK", html, site.document, "Content-Security-Policy: " + site.policy + "\r\n");
  constexpr std::string_view data = "data?have=";
  if (!target.starts_with(data)) return reply("404 Not Found", plain, "there is no such page\n");
  if (!site.fault.empty()) return reply("503 Service Unavailable", plain, site.fault);
  if (target.substr(data.size()) == site.have) return reply("204 No Content", json, {});
  return reply("200 OK", json, site.data, "X-Have: " + site.have + "\r\n");
}

}  // namespace cascade::page
