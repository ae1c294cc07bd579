// The names of Boost.Asio this room uses.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace musubi::net {

namespace asio = boost::asio;

/// Everything of one connection runs on its strand.
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;
template <class T>
using Task = asio::awaitable<T, Strand>;
inline constexpr asio::use_awaitable_t<Strand> kAwait;
using SystemError = boost::system::error_code;

}  // namespace musubi::net
