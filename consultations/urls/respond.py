"""A person's or a carer's own form, by invitation."""

from django.urls import path

from consultations.views.respond import (
    before,
    check,
    choose,
    enter,
    leave,
    life,
    looked,
    order,
    sent,
    settle,
)

app_name = "respond"
urlpatterns = [
    # in and out
    path("", enter.start, name="start"),
    path("exchange/", enter.exchange, name="exchange"),
    path("leave/", leave.leave, name="leave"),
    path("left/", leave.left, name="left"),
    path("stop/", leave.stop, name="stop"),
    path("stopped/", leave.stopped, name="stopped"),
    path("give-back/", leave.give_back, name="give-back"),
    path("stay/", leave.stay, name="stay"),
    # the pages, in order
    path("welcome/", before.welcome, name="welcome"),
    path("before-you-start/", before.before, name="before"),
    path("what-matters/", life.matters, name="matters"),
    path("medicines-before/", life.lived, name="lived"),
    path("choose/", choose.choose, name="choose"),
    path("choose/both-ways/", settle.both_ways, name="both-ways"),
    path("choose/narrow/", settle.narrow, name="narrow"),
    path("order/", order.order, name="order"),
    path("taking-it/", life.taking, name="taking"),
    path("check/", check.check, name="check"),
    path("check/send/", check.send, name="send"),
    path("who-has-looked/", looked.looked, name="looked"),
    path("sent/", sent.sent, name="sent"),
    path("sent/my-list.pdf", sent.own_sheet, name="own-sheet"),
]
