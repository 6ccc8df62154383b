"""The clinic's pages. Names repeat the path; a POST ends in a verb."""

from django.urls import path

from consultations.views.clinic import (
    another_day,
    compare,
    copies,
    decide,
    elsewhere,
    hand_over,
    invitations,
    keeping,
    letter,
    looking_closer,
    my_list,
    opening,
    paper_sheet,
    setting_aside,
    situation,
    tool_sheet,
    worklist,
)

app_name = "consultations"
one = "<uuid:public_id>"
guest = f"{one}/invitations/<int:participant_id>"

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("open/", opening.open_consultation, name="open"),
    path("elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    # who takes part
    path(f"{one}/invitations/", invitations.invitations, name="invitations"),
    path(f"{guest}/issue/", invitations.issue, name="issue"),
    path(f"{guest}/hand-over/", hand_over.hand_over, name="hand_over"),
    path(f"{guest}/letter/", letter.letter, name="letter"),
    path(f"{guest}/revoke/", invitations.revoke, name="revoke"),
    path(f"{guest}/paper-sheet/", paper_sheet.paper_sheet, name="paper_sheet"),
    path(f"{one}/situation/", situation.situation, name="situation"),
    path(f"{one}/keep-list/", situation.keep_list, name="keep_list"),
    # the three screens
    path(f"{one}/my-list/", my_list.my_list, name="my_list"),
    path(f"{one}/compare/", compare.compare, name="compare"),
    path(f"{one}/compare/now/", compare.compare_now, name="compare_now"),
    path(f"{one}/compare/shorten/", compare.shorten, name="shorten"),
    path(f"{one}/compare/second-screen/", compare.second_screen, name="second_screen"),
    path(f"{one}/compare/worries/<int:number>/", looking_closer.worry, name="worry"),
    path(f"{one}/compare/what-if/", looking_closer.what_if, name="what_if"),
    path(f"{one}/cards/<slug:slug>/", compare.card, name="card"),
    path(f"{one}/set-aside/rule-out/", setting_aside.rule_out, name="rule_out"),
    path(f"{one}/set-aside/put-back/", setting_aside.put_back, name="put_back"),
    path(f"{one}/set-aside/record-trials/", setting_aside.record_trials, name="record_trials"),
    path(f"{one}/decide/", decide.decide, name="decide"),
    path(f"{one}/decide/save/", decide.save_decision, name="save_decision"),
    path(f"{one}/decide/keep-words/", decide.keep_words, name="keep_words"),
    path(f"{one}/sign/", decide.sign, name="sign"),
    path(f"{one}/tool-sheet.pdf", tool_sheet.tool_sheet, name="tool_sheet"),
    path(f"{one}/copy/", copies.copy, name="copy"),
    path(f"{one}/copy.pdf", copies.copy_pdf, name="copy_pdf"),
    path(f"{one}/copy.json", copies.copy_json, name="copy_json"),
    path(f"{one}/keeping/", keeping.keeping, name="keeping"),
    path(f"{one}/keeping/lift/", keeping.lift_hold, name="lift_hold"),
    path(f"{one}/keeping/ask-erasure/", keeping.ask_erasure, name="ask_erasure"),
    # another day
    path(f"{one}/another-day/", another_day.another_day, name="another_day"),
    path(f"{one}/postpone/", another_day.postpone, name="postpone"),
    path(f"{one}/reopen/", another_day.reopen, name="reopen"),
    path(f"{one}/abandon/", another_day.abandon, name="abandon"),
]
