// Package variant is a catalogue of servers that differ from the reference server in what the contract leaves open, to
// prove that the suite raises no false alarm.
//
// Among them are the usual web stacks, with what each sends by default: to another method than POST, to an unknown path,
// to a body that is no form, to one that is too large, and after an exception in production (a server in front: when it
// does not reach the program, which is then a gateway's response). The dash leaves the response to the program. The last
// column says what of the request's URL the responses repeat. Debug modes that show no stack trace have rows of their
// own; those that show one break ERR-7 and are faults.
//
//	stack                     method       path         media type   too large    exception    repeats
//	django                    405 empty    404 HTML     -            400 HTML     500 HTML     nothing
//	django-rest-framework     405 JSON     404 HTML     415 JSON     -            500 HTML     nothing
//	flask                     405 HTML     404 HTML     415 HTML     413 HTML     500 HTML     nothing
//	bottle                    405 HTML     404 HTML     -            413 HTML     500 HTML     path, query
//	fastapi                   405 JSON     404 JSON     -            400 JSON     500 text     nothing
//	starlette-cors            405 JSON     404 JSON     -            -            -            nothing
//	express                   404 HTML     404 HTML     -            413 HTML     500 HTML     path
//	express-4.0               404 HTML     404 HTML     -            413 HTML     500 HTML     path, query
//	fastify                   404 JSON     404 JSON     415 JSON     413 JSON     500 JSON     path, query
//	koa                       405 text     404 text     415 text     413 text     500 text     nothing
//	hapi                      404 JSON     404 JSON     415 JSON     413 JSON     500 JSON     nothing
//	nestjs                    404 JSON     404 JSON     -            413 JSON     500 JSON     path, query
//	spring-boot               405 JSON     404 JSON     415 JSON     413 JSON     500 JSON     path
//	spring-boot-problem       405 problem  404 problem  415 problem  413 problem  500 problem  path
//	spring-boot-with-messages 405 JSON     404 JSON     415 JSON     413 JSON     500 JSON     path
//	spring-boot-whitelabel    405 HTML     404 HTML     415 HTML     413 HTML     500 HTML     nothing
//	tomcat                    405 HTML     404 HTML     415 HTML     413 HTML     500 HTML     path
//	jetty                     405 HTML     404 HTML     -            413 HTML     -            path
//	jersey                    405 empty    404 empty    415 empty    413 empty    500 empty    nothing
//	resteasy                  405 HTML     404 HTML     415 HTML     413 empty    500 empty    path, query
//	quarkus                   405 empty    404 empty    415 empty    413 empty    500 JSON     nothing
//	play                      404 HTML     404 HTML     415 HTML     413 HTML     500 HTML     path, query
//	rails                     404 HTML     404 HTML     -            400 HTML     500 HTML     nothing
//	rails-api                 404 JSON     404 JSON     415 JSON     413 JSON     500 JSON     nothing
//	sinatra                   404 HTML     404 HTML     -            -            500 HTML     nothing
//	php                       404 HTML     404 HTML     -            -            500 empty    path, query
//	laravel                   405 HTML     404 HTML     -            413 HTML     500 HTML     nothing
//	laravel-api               405 JSON     404 JSON     -            413 JSON     500 JSON     path
//	symfony                   405 HTML     404 HTML     415 HTML     413 HTML     500 HTML     nothing
//	symfony-api               405 problem  404 problem  415 problem  413 problem  500 problem  nothing
//	asp-net-core              405 empty    404 empty    415 problem  413 empty    500 empty    nothing
//	go                        405 text     404 text     -            413 text     500 text     nothing
//	gin                       404 text     404 text     -            413 empty    500 empty    nothing
//	gin-405                   405 text     404 text     -            -            500 empty    nothing
//	echo                      405 JSON     404 JSON     415 JSON     413 JSON     500 JSON     nothing
//	echo-debug                405 JSON     404 JSON     415 JSON     413 JSON     500 JSON     nothing
//	fiber                     405 text     404 text     -            413 text     500 text     path
//	axum                      405 empty    404 empty    415 text     413 text     500 text     nothing
//	actix                     405 empty    404 empty    415 text     413 text     500 text     nothing
//	nginx                     405 HTML     404 HTML     -            413 HTML     502 HTML     nothing
//	nginx-intercepting        403 HTML     404 HTML     -            413 HTML     502 HTML     nothing
//	apache                    405 HTML     404 HTML     -            413 HTML     502 HTML     path
//	haproxy                   405 HTML     404 HTML     -            413 HTML     503 HTML     nothing
//	envoy                     403 text     404 empty    -            413 text     503 text     nothing
//	traefik                   404 text     404 text     -            413 text     502 text     nothing
//	caddy                     200 empty    200 empty    -            413 empty    502 empty    nothing
//	varnish                   405 HTML     404 HTML     -            413 HTML     503 HTML     nothing
//	iis                       405 HTML     404 HTML     -            413 HTML     502 HTML     nothing
package variant
