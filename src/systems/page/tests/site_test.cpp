#include <catch2/catch.hpp>

#include "page/document.h"

namespace cascade::page {
namespace {

Site site() {
  Site site;
  site.token = "0123456789abcdef0123456789abcdef";
  site.policy = "default-src 'none'";
  site.document = "<!DOCTYPE html>";
  site.data = "{}";
  site.have = "aa";
  site.port = 4711;
  return site;
}

// The first line of the answer, and its body behind a bar.
std::string said(const Site& site, const std::string& head) {
  const std::string reply = answer(site, head);
  return reply.substr(9, reply.find('\r') - 9) + " | " + reply.substr(reply.find("\r\n\r\n") + 4);
}

const std::string host = "\r\nHost: 127.0.0.1:4711";
const std::string path = "GET /0123456789abcdef0123456789abcdef/";

TEST_CASE("whoever knows the token gets the page, its data, or nothing new") {
  CHECK(said(site(), path + " HTTP/1.1" + host) == "200 OK | <!DOCTYPE html>");
  CHECK(said(site(), path + "data?have=bb HTTP/1.1" + host) == "200 OK | {}");
  CHECK(said(site(), path + "data?have=aa HTTP/1.1" + host) == "204 No Content | ");
  CHECK(said(site(), path + "other HTTP/1.1" + host) == "404 Not Found | there is no such page\n");
  CHECK(answer(site(), path + " HTTP/1.1" + host).find("Content-Security-Policy: default-src 'none'\r\n") !=
        std::string::npos);
}

TEST_CASE("without the token there is nothing") {
  const std::string nothing = "404 Not Found | the address that cascade printed has a token\n";
  CHECK(said(site(), "GET / HTTP/1.1" + host) == nothing);
  CHECK(said(site(), "GET /0123456789abcdef0123456789abcdee/ HTTP/1.1" + host) == nothing);
  CHECK(said(site(), "GET /0123456789abcdef0123456789abcdef HTTP/1.1" + host) == nothing);
  Site without = site();
  without.token.clear();
  CHECK(said(without, "GET // HTTP/1.1" + host) == nothing);
}

TEST_CASE("another host, another origin and another method are refused") {
  CHECK(said(site(), path + " HTTP/1.1\r\nHost: evil.test:4711") == "403 Forbidden | another host\n");
  CHECK(said(site(), path + " HTTP/1.1\r\nHost: 127.0.0.1:4712") == "403 Forbidden | another host\n");
  CHECK(said(site(), path + " HTTP/1.1") == "403 Forbidden | another host\n");
  CHECK(said(site(), path + " HTTP/1.1\r\nhost:  localhost:4711 ") == "200 OK | <!DOCTYPE html>");
  CHECK(said(site(), path + " HTTP/1.1" + host + "\r\nOrigin: http://evil.test") == "403 Forbidden | another origin\n");
  CHECK(said(site(), path + " HTTP/1.1" + host + "\r\nOrigin: null") == "403 Forbidden | another origin\n");
  CHECK(said(site(), path + " HTTP/1.1" + host + "\r\nOrigin: http://127.0.0.1:4711") == "200 OK | <!DOCTYPE html>");
  CHECK(said(site(), path + " HTTP/1.1" + host + "\r\nSec-Fetch-Site: cross-site") ==
        "403 Forbidden | another origin\n");
  for (const std::string method : {"POST", "PUT", "OPTIONS", "HEAD", "get", "G"})
    CHECK(said(site(), method + path.substr(3) + " HTTP/1.1" + host) == "405 Method Not Allowed | only GET\n");
}

TEST_CASE("any bytes get an answer") {
  for (const std::string head : {"", "\r\n", "GET", "GET /", "\xFF\xFE", "GET /\r\nHost",
                                 "GET /\nHost:\n:\n::", "GET /x\r\nHost:127.0.0.1:4711\r\n\r\n"})
    CHECK(answer(site(), head).starts_with("HTTP/1.1 4"));
}

TEST_CASE("a fault is said instead of newer data") {
  Site broken = site();
  broken.fault = "the root is gone";
  CHECK(said(broken, path + "data?have=aa HTTP/1.1" + host) == "503 Service Unavailable | the root is gone");
}

}  // namespace
}  // namespace cascade::page
